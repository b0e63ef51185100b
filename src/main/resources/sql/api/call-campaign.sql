-- The campaign of a call: one that has ended and whose person was not erased, a test call, or one of a number of campaign_phones that
-- is in progress.
SELECT a.i_campaign FROM call_attempts AS a WHERE a.call_uuid = :#call AND a.number NOT LIKE 'erased:%'
UNION ALL
SELECT t.i_campaign FROM test_numbers AS t WHERE t.call_uuid = :#call
UNION ALL
SELECT c.i_campaign FROM campaigns AS c
WHERE EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
  WHERE p.i_campaign = c.i_campaign AND p.call_uuid = :#call)
LIMIT 1
