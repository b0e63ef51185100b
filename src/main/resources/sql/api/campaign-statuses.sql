-- How many numbers of one campaign have each status.
SELECT COALESCE(status, 'idle') AS status, COUNT(*) AS numbers FROM campaign_phones WHERE i_campaign = :#key
GROUP BY status ORDER BY status
