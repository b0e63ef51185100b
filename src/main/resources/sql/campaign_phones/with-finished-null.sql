-- Campaigns with numbers whose finished is NULL, as old tables allow. With the schema's own column this costs nothing.
SELECT c.i_campaign FROM campaigns AS c
WHERE EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
  WHERE p.i_campaign = c.i_campaign AND p.call_uuid IS NULL AND p.finished IS NULL)
