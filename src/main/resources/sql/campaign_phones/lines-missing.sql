-- How many lines of a campaign are missing in the count; negative: how many too many it has. One statement sees numbers and counts
-- at one instant. So the difference is exact, however many calls begin and end meanwhile.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT
  (SELECT COUNT(*) FROM campaign_phones FORCE INDEX (callout_open) WHERE i_campaign = :#campaign AND call_uuid IS NOT NULL)
    - COALESCE(SUM(claimed - ended), 0) AS missing,
  COALESCE(MAX(IF(owner = '', version, 0)), 0) AS version,
  EXISTS (SELECT 1 FROM nodes WHERE NOT FIND_IN_SET('line-counts', COALESCE(capabilities, ''))) AS has_older
FROM campaign_lines
WHERE i_campaign = :#campaign AND list = :#list
