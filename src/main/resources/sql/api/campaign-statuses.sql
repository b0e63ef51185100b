-- How many numbers of one campaign have each status, and how many of them have been called and are called again.
SELECT COALESCE(status, 'idle') AS status, COUNT(*) AS numbers, SUM(finished = 0 AND call_count > 0 AND call_uuid IS NULL) AS again
FROM campaign_phones WHERE i_campaign = :#key
GROUP BY status ORDER BY status
