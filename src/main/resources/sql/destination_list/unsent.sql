-- How many numbers of the list a campaign has claimed on all nodes without a sent mark.
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_owner)
WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign AND callout_switch IS NULL
