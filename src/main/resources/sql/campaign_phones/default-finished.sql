-- In old tables finished may be NULL. Such numbers are not finished.
-- Waits for no lock, and takes no lock of a campaign, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE campaign_phones FORCE INDEX (callout_open)
SET finished = 0
WHERE i_campaign = :#i_campaign AND call_uuid IS NULL AND finished IS NULL
