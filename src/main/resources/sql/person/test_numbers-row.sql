-- Everything about one test number and the latest test call to it. Times are UTC.
SELECT t.*, c.name AS campaign FROM test_numbers AS t LEFT JOIN campaigns AS c ON c.i_campaign = t.i_campaign
WHERE t.i_test_number = :#key
