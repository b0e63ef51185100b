-- Campaigns that use lines of campaign_phones, by the count or by their numbers. The last entry of a campaign in the index has a
-- call UUID if any has.
SELECT i_campaign FROM campaign_lines WHERE list = :#list GROUP BY i_campaign HAVING SUM(claimed - ended) <> 0
UNION
SELECT c.i_campaign FROM campaigns AS c
WHERE (SELECT p.call_uuid FROM campaign_phones AS p FORCE INDEX (callout_open)
  WHERE p.i_campaign = c.i_campaign ORDER BY p.call_uuid DESC LIMIT 1) IS NOT NULL
