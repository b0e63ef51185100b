-- Other nodes with this name whose leases have not expired, and when they expire.
SELECT incarnation, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', expires) / 1000000 AS expires FROM nodes
WHERE name = :#name AND incarnation <> :#incarnation AND expires > UTC_TIMESTAMP(3)
