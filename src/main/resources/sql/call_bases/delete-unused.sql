-- Deletes bases that no attempt names: those by which no call was made for a week before the end of the oldest attempt that is kept.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 0 FOR
DELETE FROM call_bases
WHERE used_at < COALESCE((SELECT MIN(a.disconnect_time) FROM call_attempts AS a), UTC_TIMESTAMP(3)) - INTERVAL 7 DAY
LIMIT 1000
