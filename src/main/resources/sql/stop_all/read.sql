-- Whether everything is stopped. Waits for no lock, because calls wait behind it.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', stopped_at) * 0.000001 AS stopped_at, stopped_by, why, hang_up
FROM stop_all
