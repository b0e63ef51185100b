-- One number.
SELECT
  -- include api/numbers number
FROM campaign_phones AS p
WHERE p.i_campaign = :#campaign AND p.i_campaign_phone = :#key
