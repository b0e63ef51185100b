-- The base by which a campaign made calls last before an instant, in a run if one is given. The first calls of a run may begin it:
-- their base has no run.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT i_call_base FROM call_bases FORCE INDEX (callout_made)
WHERE i_campaign = :#campaign AND made_at <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#at SECOND
  AND (:#run IS NULL OR made_at >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#run SECOND - INTERVAL 10 SECOND)
ORDER BY made_at DESC LIMIT 1
