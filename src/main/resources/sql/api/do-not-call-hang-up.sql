-- Asks all nodes to end their calls to a telephone.
INSERT INTO hang_ups (at, dialled, e164, list) VALUES (UTC_TIMESTAMP(3), :#dialled, :#e164, :#name)
