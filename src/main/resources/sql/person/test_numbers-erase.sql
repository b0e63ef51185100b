-- Removes a test number of the person, unless a test call to it is in progress.
DELETE FROM test_numbers WHERE i_test_number = :#key AND number = :#number AND (call_uuid IS NULL OR ended IS NOT NULL)
