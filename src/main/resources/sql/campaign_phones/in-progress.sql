-- How many numbers of a campaign are in progress on all nodes.
-- A claim may use the table for the first time here. No campaign waits for a lock on another campaign's table.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COUNT(*) FROM campaign_phones FORCE INDEX (callout_open)
WHERE i_campaign = :#campaign AND call_uuid IS NOT NULL
