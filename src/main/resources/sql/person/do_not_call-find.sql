-- Entries with these keys that may be the person's.
SELECT number AS row_key, number, NULL AS country, 0 AS up FROM do_not_call
WHERE (:#after IS NULL OR number > :#after) AND number <= :#upTo
  AND REGEXP_REPLACE(number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
