-- How many numbers of a campaign are in progress on all nodes.
SELECT COUNT(*) FROM campaign_phones FORCE INDEX (callout_by_priority)
WHERE i_campaign = :#campaign AND call_uuid IS NOT NULL
