-- How many numbers of the list a campaign has in progress on all nodes.
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_in_progress)
WHERE callout_campaign = :#campaign AND callout_uuid IS NOT NULL
