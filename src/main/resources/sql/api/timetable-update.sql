-- Changes a row of timetables. What was due before the change is not made up for.
UPDATE timetables
SET name = :#name, i_campaign = :#i_campaign, cron = :#cron, timezone = :#timezone, action = :#action, reopen = :#reopen,
  days = :#days, enabled = COALESCE(:#enabled, 1)
WHERE i_timetable = :#key
