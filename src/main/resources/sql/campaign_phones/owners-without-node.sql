-- Owners of numbers in progress that have no lease at all.
SELECT o.owner
FROM (SELECT DISTINCT owner FROM campaign_phones FORCE INDEX (callout_owner) WHERE owner IS NOT NULL) AS o
LEFT JOIN nodes AS n ON n.incarnation = o.owner
WHERE n.incarnation IS NULL
