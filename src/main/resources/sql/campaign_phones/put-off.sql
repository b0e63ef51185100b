-- Puts off retries of a part of the table by the time by which the server's clock was set forward. Concerns retries that still
-- wait by the clock before the step, if Callout wrote their next_call, after a call whose end it wrote by that clock. A date of
-- the do-not-call list stays. Assignments run from left to right: the last one changes what the others are computed from.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 1 FOR
UPDATE campaign_phones AS p FORCE INDEX (PRIMARY)
SET p.next_call = FROM_UNIXTIME(LEAST(2147483647,
    TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_next_call) * 0.000001 + :#by)),
  p.callout_next_local = p.next_call,
  p.callout_next_call = p.callout_next_call + INTERVAL :#by SECOND
WHERE p.i_campaign_phone > :#after AND p.i_campaign_phone <= :#to AND p.finished = 0 AND p.call_uuid IS NULL
  AND p.callout_due > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND
  AND NOT (p.hangup_cause <=> 'DO_NOT_CALL')
  AND COALESCE(
      (SELECT MAX(a.disconnect_time) FROM call_attempts AS a
        WHERE a.i_campaign = p.i_campaign AND a.i_campaign_phone = p.i_campaign_phone),
      IF(p.call_count > 0, TIMESTAMP'1970-01-01 00:00:00', NULL))
    < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#until SECOND
