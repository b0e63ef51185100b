-- Ends a run. Calls that are up go on.
UPDATE campaigns
SET pause_reason = NULL, paused = 1, run_ended = IF(run_started IS NULL, NULL, COALESCE(run_ended, UTC_TIMESTAMP(3)))
WHERE i_campaign = :#campaign
