-- How many numbers of the list a campaign has in progress on all nodes.
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_owner)
WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign
