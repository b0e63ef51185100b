-- Whether a test call to the number is in progress.
SELECT COUNT(*) FROM test_numbers WHERE i_test_number = :#key AND number = :#number AND call_uuid IS NOT NULL AND ended IS NULL
