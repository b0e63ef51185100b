-- How many numbers of a campaign are in progress on all nodes.
-- The first that a claim does with the table: no campaign waits for a lock on the table of another one.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COUNT(*) FROM campaign_phones FORCE INDEX (callout_by_due)
WHERE i_campaign = :#campaign AND call_uuid IS NOT NULL
