-- How many numbers of an import there are, how many of them are in a call, and between which keys.
SELECT COUNT(*) AS numbers, COALESCE(SUM(call_uuid IS NOT NULL), 0) AS in_progress, MIN(i_campaign_phone) AS first,
  MAX(i_campaign_phone) AS last
FROM campaign_phones WHERE i_campaign = :#campaign AND i_import = :#key
