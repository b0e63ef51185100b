-- Names of the nodes whose leases run.
SELECT DISTINCT name FROM nodes WHERE expires > UTC_TIMESTAMP(3)
