-- Ends a lease if it ran out longer ago than the margin.
DELETE FROM nodes WHERE incarnation = :#lost AND expires < UTC_TIMESTAMP(3) - INTERVAL :#margin SECOND
