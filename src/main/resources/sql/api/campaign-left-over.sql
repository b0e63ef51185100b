-- How many numbers and attempts a campaign has.
SELECT
  (SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = :#campaign) AS numbers,
  (SELECT COUNT(*) FROM call_attempts WHERE i_campaign = :#campaign AND kind IS NULL) AS attempts
