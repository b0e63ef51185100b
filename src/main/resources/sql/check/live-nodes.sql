-- Names of the nodes whose leases have not expired.
SELECT DISTINCT name FROM nodes WHERE expires > UTC_TIMESTAMP(3)
