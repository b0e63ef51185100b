-- Renews a lease. No changed row means that it is lost.
UPDATE nodes SET expires = UTC_TIMESTAMP(3) + INTERVAL :#lease SECOND WHERE incarnation = :#incarnation
