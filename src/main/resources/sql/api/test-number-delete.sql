-- Removes a test number. It must have been checked before that no test call to it is in progress.
DELETE FROM test_numbers WHERE i_test_number = :#key
