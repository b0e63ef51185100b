-- What there is to dial, except for numbers whose last call is not long enough ago.
-- No campaign waits for a lock on another campaign's list.
SET STATEMENT lock_wait_timeout = 0 FOR SELECT
  EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_sequential) WHERE callout_state = 0) AS has_fresh,
  EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_sequential) WHERE callout_state = 5) AS has_up,
  EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_sequential) WHERE callout_state = 7) AS has_closed,
  EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_by_calls)
    WHERE callout_called_state = 1 AND callout_calls < :#maxAttempts) AS has_waiting,
  (SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_due) * 0.000001
    FROM destination_list FORCE INDEX (callout_by_due)
    WHERE callout_due IS NOT NULL ORDER BY callout_due LIMIT 1) AS next_call,
  EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_owner)
    WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign) AS has_in_progress
