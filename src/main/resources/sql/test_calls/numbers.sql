-- All test numbers.
SELECT i_test_number, number FROM test_numbers ORDER BY i_test_number
