-- Leases that ran out longer ago than the margin.
SELECT incarnation FROM nodes WHERE expires < UTC_TIMESTAMP(3) - INTERVAL :#margin SECOND ORDER BY expires
