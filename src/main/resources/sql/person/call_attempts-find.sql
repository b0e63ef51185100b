-- Attempts with these keys that may be the person's.
SELECT a.call_uuid AS row_key, a.number, c.country, 0 AS up
FROM call_attempts AS a LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
WHERE (:#after IS NULL OR a.call_uuid > :#after) AND a.call_uuid <= :#upTo
  AND REGEXP_REPLACE(a.number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
