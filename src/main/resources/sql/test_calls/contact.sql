-- The row and the variables of a number of a campaign, as it is written there.
SELECT i_campaign_phone AS row_key, vars FROM campaign_phones
WHERE i_campaign = :#campaign AND cld = :#contact ORDER BY i_campaign_phone LIMIT 1
