-- How many numbers of the list a campaign has claimed on all nodes without a sent mark.
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_in_progress)
WHERE callout_campaign = :#campaign AND callout_uuid IS NOT NULL AND callout_switch IS NULL
