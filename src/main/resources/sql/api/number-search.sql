-- Numbers with these keys of one campaign or of all, each with the country of its campaign. If digits are given: numbers that
-- contain them, and of which nobody knows whether they mean the telephone, because theirs or the telephone looked for is unknown.
-- In some values of sql_mode an empty string is NULL, so it is written as SPACE(0).
SELECT
  c.country,
  -- include api/numbers number
FROM campaign_phones AS p FORCE INDEX (PRIMARY) LEFT JOIN campaigns AS c ON c.i_campaign = p.i_campaign
WHERE p.i_campaign_phone > :#after AND p.i_campaign_phone <= :#upTo
  AND (:#campaign IS NULL OR p.i_campaign = :#campaign) AND (:#status IS NULL OR COALESCE(p.status, 'idle') = :#status)
  AND (:#cause IS NULL OR p.hangup_cause = :#cause)
  AND (:#digits IS NULL OR (p.e164 IS NULL OR :#telephone IS NULL)
    AND REGEXP_REPLACE(p.cld, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%'))
ORDER BY p.i_campaign_phone
LIMIT :#limit
