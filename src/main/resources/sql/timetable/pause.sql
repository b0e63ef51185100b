-- Pauses a campaign, unless its run began after the instant that the pause is for.
-- Waits for no lock, because other campaigns wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
UPDATE campaigns
SET pause_reason = IF(paused <> 0, pause_reason, NULL), paused = 1
WHERE i_campaign = :#campaign
  AND (run_started IS NULL OR run_started <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
