-- Opens numbers of a campaign that are finished once more, all of them or those without success.
-- Waits a second for a lock: other rows of the timetable wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
UPDATE campaign_phones
SET finished = 0, call_count = 0, next_call = NULL
WHERE i_campaign = :#campaign AND finished <> 0 AND call_uuid IS NULL AND (:#reopen = 'all' OR status <> 'success')
