-- Numbers in these rows that may be the person's: they have the same last digits. A number that another dialler has marked may be
-- in a call of it.
SELECT callout_row AS row_key, number, callout_uuid IS NOT NULL OR COALESCE(in_use, 0) <> 0 AS up
FROM destination_list FORCE INDEX (callout_row)
WHERE (:#after IS NULL OR callout_row > :#after) AND callout_row <= :#upTo
  AND REGEXP_REPLACE(number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
