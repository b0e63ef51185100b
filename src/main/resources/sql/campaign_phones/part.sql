-- The last row of the next part of the table. NULL if nothing is left.
SELECT MAX(id) FROM (
  SELECT i_campaign_phone AS id FROM campaign_phones WHERE i_campaign_phone > :#after ORDER BY i_campaign_phone LIMIT :#limit
) AS part
