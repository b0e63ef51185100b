-- Reopens finished numbers of a list, all of them or those without success.
-- Waits one second for a lock, because other rows of the timetable wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
UPDATE destination_list AS p JOIN campaigns AS c ON c.i_campaign = :#campaign
SET p.calls = 0
WHERE p.calls > 0 AND COALESCE(p.in_use, 0) = 0
  AND IF(p.lastresult <=> 'success', :#reopen = 'all', p.calls >= COALESCE(c.max_attempts, 3))
