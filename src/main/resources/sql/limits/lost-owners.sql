-- Owners without a lease that have calls of limits.
SELECT DISTINCT c.owner FROM limit_calls AS c LEFT JOIN nodes AS n ON n.incarnation = c.owner WHERE n.incarnation IS NULL
