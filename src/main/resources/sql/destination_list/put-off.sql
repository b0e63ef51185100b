-- Puts off numbers of a part of the table by the time by which the server's clock was set forward. Concerns numbers whose last
-- call Callout wrote by the clock before the step, and that still wait by that clock: for callout_next_call, or for the end of
-- their back-off since that call. A date of the do-not-call list stays.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 1, sql_mode = '' FOR
UPDATE destination_list AS p FORCE INDEX (callout_row)
SET p.callout_next_call = IF(p.callout_state = 1, p.callout_next_call + INTERVAL :#by SECOND, p.callout_next_call),
  p.callout_last_utc = IF(p.callout_state = 1, p.callout_last_utc, p.callout_last_utc + INTERVAL :#by SECOND)
WHERE p.callout_row > :#after AND p.callout_row <= :#to
  AND p.callout_called_at < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#until SECOND
  AND (p.callout_due > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND AND NOT (p.lastresult <=> 'DO_NOT_CALL')
    OR p.callout_state IN (2, 3)
      AND p.callout_called_at > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now - :#backoff SECOND)
