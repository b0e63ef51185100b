-- How far campaigns are: numbers that are finished and not, and how many of each are under way.
SELECT i_campaign, COUNT(*) AS numbers, COALESCE(SUM(finished <> 0), 0) AS finished, COUNT(call_uuid) AS in_progress
FROM campaign_phones FORCE INDEX (callout_sequential)
GROUP BY i_campaign
