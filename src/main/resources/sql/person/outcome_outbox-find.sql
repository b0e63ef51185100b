-- Outcomes with these keys that are still to be sent and that may be the person's.
SELECT o.i_outcome AS row_key, o.number, c.country, 0 AS up
FROM outcome_outbox AS o LEFT JOIN campaigns AS c ON c.i_campaign = o.i_campaign
WHERE (:#after IS NULL OR o.i_outcome > :#after) AND o.i_outcome <= :#upTo
  AND REGEXP_REPLACE(o.number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
