-- Locks the test number against other changes, and against a test call, until the transaction ends.
SELECT i_test_number FROM test_numbers WHERE i_test_number = :#key FOR UPDATE
