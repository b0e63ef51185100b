-- How many numbers of the list a campaign has in progress on all nodes.
-- A claim may use the table for the first time here. No campaign waits for a lock on another campaign's table.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_owner)
WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign
