-- Test numbers in a range of keys. call_uuid is the latest test call.
SELECT
  i_test_number, number, name,
  CONCAT(LEFT(DATE_FORMAT(created_at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS created_at,
  created_by,
  call_uuid
FROM test_numbers WHERE i_test_number BETWEEN :#first AND :#last ORDER BY i_test_number LIMIT :#limit
