-- Telephones that calls are to be ended to, and that are the person's.
SELECT i_hang_up AS row_key, COALESCE(e164, dialled) AS number, NULL AS country, 0 AS up FROM hang_ups
WHERE REGEXP_REPLACE(COALESCE(e164, dialled), '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
