-- Owners with counts of their own and without a lease.
SELECT DISTINCT l.owner
FROM campaign_lines AS l LEFT JOIN nodes AS n ON n.incarnation = l.owner
WHERE l.list = :#list AND l.owner <> '' AND n.incarnation IS NULL
