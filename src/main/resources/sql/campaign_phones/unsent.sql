-- How many numbers of a campaign are claimed on all nodes and have no sent mark.
-- Waits for no lock on the table: a claim may use it for the first time here, and others wait behind the claim.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COUNT(*) FROM campaign_phones FORCE INDEX (callout_open)
WHERE i_campaign = :#campaign AND call_uuid IS NOT NULL AND call_switch IS NULL
