-- Creates a row of timetables.
INSERT INTO timetables (name, i_campaign, cron, timezone, action, reopen, days, enabled)
VALUES (:#name, :#i_campaign, :#cron, :#timezone, :#action, :#reopen, :#days, COALESCE(:#enabled, 1))
