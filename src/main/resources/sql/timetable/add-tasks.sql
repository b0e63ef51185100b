-- Adds a stop or pause for each campaign of a row, except for campaigns that are already stopped or paused, and for runs that
-- began after its instant.
INSERT INTO timetable_tasks (i_campaign, i_timetable, scheduled, action)
SELECT i_campaign, :#timetable, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND, :#action
FROM campaigns
WHERE (:#campaign IS NULL OR i_campaign = :#campaign)
  AND (run_started IS NULL OR run_started <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
  AND (COALESCE(paused, 0) = 0 OR :#action = 'stop' AND run_started IS NOT NULL AND run_ended IS NULL)
