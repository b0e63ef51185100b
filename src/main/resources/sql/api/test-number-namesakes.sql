-- Other rows of this number.
SELECT number FROM test_numbers WHERE number = :#number AND i_test_number <> :#key
