-- Numbers with these keys that may be the person's: they have the same last digits. In some values of sql_mode an empty string is
-- NULL, so it is written otherwise.
SELECT p.i_campaign_phone AS row_key, p.cld AS number, c.country, p.call_uuid IS NOT NULL AS up
FROM campaign_phones AS p LEFT JOIN campaigns AS c ON c.i_campaign = p.i_campaign
WHERE (:#after IS NULL OR p.i_campaign_phone > :#after) AND p.i_campaign_phone <= :#upTo
  AND REGEXP_REPLACE(p.cld, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
