-- Locks our lease until the transaction ends, and reads how many lines the campaign uses: in all tables, and in one. No row means
-- that the lease is lost. Runs while the campaign's row is locked: only then are lines taken, so the sum is never too small.
-- The nodes of earlier versions do not count their lines.
SELECT c.in_use, c.in_use_of_table, c.has_own, EXISTS (
    SELECT 1 FROM nodes AS o WHERE NOT FIND_IN_SET('line-counts', COALESCE(o.capabilities, ''))) AS has_older
FROM nodes AS n JOIN (
    SELECT COALESCE(SUM(claimed - ended), 0) AS in_use,
      COALESCE(SUM(IF(list = :#list, claimed - ended, 0)), 0) AS in_use_of_table,
      COALESCE(MAX(list = :#list AND owner = :#owner), 0) AS has_own
    FROM campaign_lines
    WHERE i_campaign = :#campaign) AS c
WHERE n.incarnation = :#owner
LOCK IN SHARE MODE
