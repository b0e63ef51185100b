-- How many numbers of the list a campaign has claimed on all nodes without a sent mark.
-- Waits for no lock on the table: a claim may use it for the first time here, and others wait behind the claim.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_owner)
WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign AND callout_switch IS NULL
