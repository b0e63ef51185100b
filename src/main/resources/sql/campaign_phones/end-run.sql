-- Ends a run that has used up its calls or numbers, unless somebody has added numbers, or paused or started it in the meantime.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
UPDATE campaigns AS c
SET c.run_ended = UTC_TIMESTAMP(3), c.paused = 1
WHERE c.i_campaign = :#campaign AND COALESCE(c.paused, 0) = 0 AND c.run_started IS NOT NULL
  AND (c.finish_on > 0 AND c.calls_made >= c.finish_on
    OR c.finish_on <> 0
      AND NOT EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
        WHERE p.i_campaign = c.i_campaign AND p.call_uuid IS NULL AND p.finished = 0)
      AND NOT EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
        WHERE p.i_campaign = c.i_campaign AND p.call_uuid IS NOT NULL))
