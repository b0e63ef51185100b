-- Owners of numbers in progress that have no lease at all.
SELECT o.callout_owner
FROM (SELECT DISTINCT callout_owner FROM destination_list FORCE INDEX (callout_owner) WHERE callout_owner IS NOT NULL) AS o
LEFT JOIN nodes AS n ON n.incarnation = o.callout_owner
WHERE n.incarnation IS NULL
