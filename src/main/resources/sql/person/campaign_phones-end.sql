-- The last of the next keys.
SELECT MAX(next) FROM (SELECT i_campaign_phone AS next FROM campaign_phones
  WHERE :#after IS NULL OR i_campaign_phone > :#after ORDER BY i_campaign_phone LIMIT :#limit) AS keys_ahead
