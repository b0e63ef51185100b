-- Counts the numbers of a list by what they are for a campaign. Reads each number in the one index that decides, and no row.
SELECT
  by_state.due + by_last_call.due + by_next_call.due AS due, by_state.closed + by_last_call.later + by_next_call.later AS later,
  own.in_progress, by_state.in_use + by_last_call.in_use - own.in_progress AS elsewhere,
  by_state.finished + by_last_call.finished + by_next_call.finished AS finished
FROM (
    SELECT COALESCE(SUM(callout_state = 0), 0) AS due, COALESCE(SUM(callout_state = 5), 0) AS in_use,
      COALESCE(SUM(callout_state = 6), 0) AS finished, COALESCE(SUM(callout_state = 7), 0) AS closed
    FROM destination_list FORCE INDEX (callout_sequential)
    WHERE callout_state IN (0, 5, 6, 7)) AS by_state,
  (
    SELECT COALESCE(SUM(standing = 'due'), 0) AS due, COALESCE(SUM(standing = 'later'), 0) AS later,
      COALESCE(SUM(standing = 'in use'), 0) AS in_use, COALESCE(SUM(standing = 'finished'), 0) AS finished
    FROM (
      SELECT CASE
        WHEN p.callout_called_state = 4 THEN 'in use'
        WHEN NOT c.finish_on <=> 0 AND (p.callout_called_state = 3 OR p.callout_calls >= COALESCE(c.max_attempts, 3))
          THEN 'finished'
        WHEN COALESCE(
          p.callout_called_at > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now - COALESCE(c.backoff_sec, 600) SECOND,
          p.lastcall > FROM_UNIXTIME(:#now - COALESCE(c.backoff_sec, 600))) THEN 'later'
        ELSE 'due' END AS standing
      FROM campaigns AS c STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_by_calls) ON p.callout_called_state >= 2
      WHERE c.i_campaign = :#campaign) AS numbers) AS by_last_call,
  (
    SELECT COALESCE(SUM(standing = 'due'), 0) AS due, COALESCE(SUM(standing = 'later'), 0) AS later,
      COALESCE(SUM(standing = 'finished'), 0) AS finished
    FROM (
      SELECT CASE
        WHEN NOT c.finish_on <=> 0 AND p.callout_calls >= COALESCE(c.max_attempts, 3) THEN 'finished'
        WHEN p.callout_due > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND THEN 'later'
        ELSE 'due' END AS standing
      FROM campaigns AS c STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_by_due) ON p.callout_due IS NOT NULL
      WHERE c.i_campaign = :#campaign) AS numbers) AS by_next_call,
  (
    SELECT COUNT(*) AS in_progress FROM destination_list FORCE INDEX (callout_owner)
    WHERE callout_owner IS NOT NULL AND callout_campaign = :#campaign) AS own
