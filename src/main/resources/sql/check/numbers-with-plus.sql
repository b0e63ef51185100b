-- Whether some of the numbers that came last begin with +.
SELECT EXISTS (
  SELECT 1 FROM (SELECT cld FROM campaign_phones ORDER BY i_campaign_phone DESC LIMIT 10000) AS latest
  WHERE cld LIKE '+%')
