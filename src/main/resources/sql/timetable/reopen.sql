-- Reopens finished numbers of a campaign, all of them or those without success.
-- Waits one second for a lock, because other rows of the timetable wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
UPDATE campaign_phones
SET finished = 0, call_count = 0, next_call = NULL
WHERE i_campaign = :#campaign AND finished <> 0 AND call_uuid IS NULL AND (:#reopen = 'all' OR status <> 'success')
