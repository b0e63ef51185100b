-- How many outcomes wait, counted up to a limit, and for how many seconds the first of them has waited.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM outcome_outbox LIMIT :#limit) AS counted) AS waiting,
  COALESCE((SELECT TIMESTAMPDIFF(MICROSECOND, created, UTC_TIMESTAMP(3)) FROM outcome_outbox ORDER BY i_outcome LIMIT 1), 0)
    * 0.000001 AS oldest_sec
