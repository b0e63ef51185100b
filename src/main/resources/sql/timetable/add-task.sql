-- Adds a report or a retention, of one campaign, or of all if none is given.
INSERT INTO timetable_tasks (i_campaign, i_timetable, scheduled, action, since, days)
VALUES (COALESCE(:#campaign, 0), :#timetable, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND, :#action,
  TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#since SECOND, :#days)
