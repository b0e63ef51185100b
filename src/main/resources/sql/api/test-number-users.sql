-- The campaigns whose test call to this number is in progress.
SELECT COALESCE(c.name, t.i_campaign) AS name
FROM test_numbers AS t LEFT JOIN campaigns AS c ON c.i_campaign = t.i_campaign
WHERE t.i_test_number = :#key AND t.call_uuid IS NOT NULL AND t.ended IS NULL
