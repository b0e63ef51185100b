-- Pauses a campaign, or all if none is given, but no run that began after the instant for which it is done.
UPDATE campaigns
SET paused = 1
WHERE (:#campaign IS NULL OR i_campaign = :#campaign)
  AND (run_started IS NULL OR run_started <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
