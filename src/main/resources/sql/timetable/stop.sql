-- Ends the run of a campaign, or of all if none is given, but no run that began after the instant for which it is done.
UPDATE campaigns
SET paused = 1, run_ended = IF(run_started IS NULL, NULL, COALESCE(run_ended, UTC_TIMESTAMP(3)))
WHERE (:#campaign IS NULL OR i_campaign = :#campaign)
  AND (run_started IS NULL OR run_started <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
