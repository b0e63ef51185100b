-- Test numbers that may be the person's.
SELECT i_test_number AS row_key, number, NULL AS country, call_uuid IS NOT NULL AND ended IS NULL AS up FROM test_numbers
WHERE REGEXP_REPLACE(number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
