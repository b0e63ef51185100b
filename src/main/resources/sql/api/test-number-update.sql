-- Changes a test number.
UPDATE test_numbers SET number = :#number, name = :#name WHERE i_test_number = :#key
