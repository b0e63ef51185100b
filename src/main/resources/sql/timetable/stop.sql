-- Ends the run of a campaign, unless it began after the instant that the stop is for.
-- Waits for no lock, because other campaigns wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
UPDATE campaigns
SET pause_reason = NULL, paused = 1, run_ended = IF(run_started IS NULL, NULL, COALESCE(run_ended, UTC_TIMESTAMP(3)))
WHERE i_campaign = :#campaign
  AND (run_started IS NULL OR run_started <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
