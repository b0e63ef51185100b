-- Adds a node, or renews its lease if an earlier try to add it did succeed.
INSERT INTO nodes (incarnation, name, expires, version, capabilities)
VALUES (:#incarnation, :#name, UTC_TIMESTAMP(3) + INTERVAL :#lease SECOND, :#version, :#capabilities)
ON DUPLICATE KEY UPDATE expires = VALUES(expires)
