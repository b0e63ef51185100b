-- What decides about the next call of some numbers of a list. due is NULL for fresh ones.
SELECT p.callout_row AS id, p.number AS cld, p.callerid, p.callout_calls AS call_count,
  COALESCE(p.lastresult, 'idle') AS status, NULL AS hangup_cause,
  p.callout_state = 6 OR (p.callout_state = 3 AND NOT c.finish_on <=> 0) AS finished, p.callout_state = 5 AS in_progress,
  p.callout_state = 4 AS elsewhere,
  CASE
    WHEN p.callout_state = 1 THEN TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_due) * 0.000001
    WHEN p.callout_state IN (2, 3) THEN COALESCE(c.backoff_sec, 600) + COALESCE(
      TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_called_at) * 0.000001, UNIX_TIMESTAMP(p.lastcall))
  END AS due
FROM campaigns AS c STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row IN (:#in:rows)
WHERE c.i_campaign = :#campaign
