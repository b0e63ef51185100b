-- Changes a row of timetables: what was due before is not made up.
UPDATE timetables
SET name = :#name, i_campaign = :#i_campaign, cron = :#cron, timezone = :#timezone, action = :#action, reopen = :#reopen,
  days = :#days, enabled = COALESCE(:#enabled, 1)
WHERE i_timetable = :#key
