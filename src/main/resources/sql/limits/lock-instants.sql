-- Locks the instants of a limit against other reservations, and reads the first one that is free, in seconds since 1970.
-- Waits for a lock for a second, because calls wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', next_instant) * 0.000001 AS next_instant
FROM limit_instants WHERE limited = :#limited FOR UPDATE
