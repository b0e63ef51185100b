-- Renews a lease, and tells what the node could do. No changed row means that it is lost.
UPDATE nodes SET expires = UTC_TIMESTAMP(3) + INTERVAL :#lease SECOND, takes = :#takes WHERE incarnation = :#incarnation
