-- Reopens such numbers of a list within a range of keys.
UPDATE destination_list AS p JOIN campaigns AS c ON c.i_campaign = :#campaign
SET p.calls = 0, p.callout_next_call = NULL
WHERE p.callout_row > :#after AND p.callout_row <= :#upTo
  AND (p.callout_state = 6 OR p.callout_state IN (1, 2) AND p.callout_calls >= COALESCE(c.max_attempts, 3))
  AND TRIM(p.number) <> SPACE(0) AND (NOT :#any OR p.callout_calls > 0)
  AND COALESCE(p.lastresult, SPACE(0)) NOT IN ('success', 'DO_NOT_CALL', 'DUPLICATE', 'ERASED', 'WITHDRAWN')
  AND IF(p.lastresult = 'premature hangup', p.lastresult, 'failure') IN (:#in:statuses)
  AND (:#any OR p.lastresult <> 'premature hangup' AND p.lastresult IN (:#in:causes))
