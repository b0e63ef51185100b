-- The enabled rows of timetables, each with the data that it needs of its campaign. Instants are in microseconds since 1970.
SELECT
  -- part timetable
  t.i_timetable, t.name, t.i_campaign, t.cron, t.timezone, t.action, t.reopen, t.days, t.last_result,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', t.last_fired) AS last_fired,
  FLOOR(UNIX_TIMESTAMP(t.changed) * 1000000) AS changed,
  (SELECT COUNT(*) FROM timetable_tasks AS k WHERE k.i_timetable = t.i_timetable AND k.action IN ('stop', 'pause')) AS not_done,
  c.i_campaign IS NOT NULL AS has_campaign, c.name AS campaign, c.timezone AS campaign_timezone,
  (SELECT GROUP_CONCAT(DATE_FORMAT(h.date, '%Y-%m-%d'))
    FROM schedules AS s JOIN holidays AS h ON h.i_holiday_calendar = s.i_holiday_calendar
    WHERE s.i_schedule = c.i_schedule AND h.date > UTC_DATE() - INTERVAL 40 DAY) AS holidays
FROM timetables AS t LEFT JOIN campaigns AS c ON c.i_campaign = t.i_campaign
  -- end timetable
WHERE t.enabled <> 0
ORDER BY t.i_timetable
