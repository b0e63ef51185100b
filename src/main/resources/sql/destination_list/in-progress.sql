-- How many numbers of the list a campaign has in progress on all nodes.
-- The first that a claim does with the table: no campaign waits for a lock on the table of another one.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_owner)
WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign
