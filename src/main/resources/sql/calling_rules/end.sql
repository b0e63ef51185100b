-- Notes that all have been judged, unless a claim that goes by other rules has closed some in the meantime. Waits for no lock.
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
UPDATE campaigns SET closed_by_version = :#version WHERE i_campaign = :#campaign AND closed_by_version = :#judging
