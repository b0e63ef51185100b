-- By what the nodes with a valid lease judge numbers, beside the tables. A node of an earlier version does not tell it.
SELECT DISTINCT name, judges_by FROM nodes
WHERE expires > UTC_TIMESTAMP(3) AND judges_by IS NOT NULL
ORDER BY name, judges_by
