-- Locks a campaign against other claims, and reads what decides about claims. NULL means the default.
-- Waits for a lock for as many seconds as the parameter says, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait FOR
SELECT
  COALESCE(paused, 0) <> 0 AS paused,
  COALESCE(max_concurrent_calls, 20) AS max_concurrent_calls,
  COALESCE(max_attempts, 3) AS max_attempts,
  COALESCE(backoff_sec, 600) AS backoff_sec,
  COALESCE(timeout_sec, 300) AS timeout_sec,
  finish_on <=> 0 AS endless,
  COALESCE(time_between_calls, 0) AS time_between_calls,
  finish_on, calls_made, COALESCE(TRIM(duplicates), '') = 'once' AS once, do_not_call_lists, closed_by_version, emergency,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', next_dial) * 0.000001 AS next_dial
FROM campaigns
WHERE i_campaign = :#campaign
FOR UPDATE
