-- How many numbers of a list a campaign has finished with without reaching them, by status and cause, and between which keys they are.
SELECT status, hangup_cause, COUNT(*) AS numbers, MIN(callout_row) AS first, MAX(callout_row) AS last
FROM (
  SELECT p.callout_row, IF(p.lastresult = 'premature hangup', p.lastresult, 'failure') AS status,
    IF(p.lastresult = 'premature hangup', NULL, p.lastresult) AS hangup_cause
  FROM campaigns AS c STRAIGHT_JOIN destination_list AS p
    ON p.callout_state = 6 OR p.callout_state IN (1, 2) AND p.callout_calls >= COALESCE(c.max_attempts, 3)
  WHERE c.i_campaign = :#campaign AND TRIM(p.number) <> SPACE(0) AND (NOT :#any OR p.callout_calls > 0)
    AND COALESCE(p.lastresult, SPACE(0)) NOT IN ('success', 'DO_NOT_CALL', 'DUPLICATE', 'ERASED', 'WITHDRAWN')) AS numbers
WHERE status IN (:#in:statuses) AND (:#any OR hangup_cause IN (:#in:causes))
GROUP BY status, hangup_cause
ORDER BY numbers DESC, status, hangup_cause
LIMIT 1000
