-- The last key of the next part of the numbers; NULL: there are no more.
SELECT MAX(i_campaign_phone) AS last_key
FROM (SELECT i_campaign_phone FROM campaign_phones WHERE i_campaign_phone > :#after ORDER BY i_campaign_phone LIMIT 20000) AS part
