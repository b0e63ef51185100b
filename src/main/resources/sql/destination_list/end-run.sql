-- Ends a run that has used up its calls or numbers, unless somebody has added or restarted numbers, or paused or started it in
-- the meantime. The lowest count of calls shows whether any number that is not fresh has attempts left.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
UPDATE campaigns AS c
SET c.run_ended = UTC_TIMESTAMP(3), c.paused = 1
WHERE c.i_campaign = :#campaign AND COALESCE(c.paused, 0) = 0 AND c.run_started IS NOT NULL
  AND (c.finish_on > 0 AND c.calls_made >= c.finish_on
    OR c.finish_on <> 0
      AND NOT EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_sequential) WHERE callout_state = 0)
      AND NOT EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_sequential) WHERE callout_state = 5)
      AND NOT EXISTS (SELECT 1 FROM destination_list FORCE INDEX (callout_sequential) WHERE callout_state = 7)
      AND COALESCE((SELECT MIN(callout_calls) FROM destination_list FORCE INDEX (callout_by_calls) WHERE callout_called_state = 1)
        >= COALESCE(c.max_attempts, 3), TRUE)
      AND COALESCE((SELECT MIN(callout_calls) FROM destination_list FORCE INDEX (callout_by_calls) WHERE callout_called_state = 2)
        >= COALESCE(c.max_attempts, 3), TRUE)
      AND COALESCE((SELECT MIN(callout_calls) FROM destination_list FORCE INDEX (callout_by_calls) WHERE callout_called_state = 4)
        >= COALESCE(c.max_attempts, 3), TRUE))
