-- The first lines that are left out.
SELECT line, cld, verdict FROM callout_import WHERE verdict IS NOT NULL ORDER BY position LIMIT :#limit
