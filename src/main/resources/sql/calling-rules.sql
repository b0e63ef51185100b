-- All calling rules with their caps, schedules and all holidays of these.
SELECT r.i_calling_rule, r.name, r.applies_to, r.i_schedule, r.lockout_hours, r.shortest_ring_sec, r.caller_id_required,
  r.consent_required,
  (SELECT JSON_ARRAYAGG(JSON_OBJECT('max_calls', k.max_calls, 'per_hours', k.per_hours) ORDER BY k.i_calling_cap)
    FROM calling_caps AS k WHERE k.i_calling_rule = r.i_calling_rule) AS caps,
  EXISTS (SELECT 1 FROM schedules AS s WHERE s.i_schedule = r.i_schedule) AS has_schedule,
  (SELECT JSON_ARRAYAGG(JSON_OBJECT('id', t.i_schedule_record, 'start_wday', t.start_wday, 'stop_wday', t.stop_wday,
      'start_second', IF(t.start_time IS NULL, NULL, COALESCE(FLOOR(TIME_TO_SEC(t.start_time)), -1)),
      'stop_second', IF(t.stop_time IS NULL, NULL, COALESCE(FLOOR(TIME_TO_SEC(t.stop_time)), -1)))
      ORDER BY t.i_schedule_record)
    FROM schedule_records AS t WHERE t.i_schedule = r.i_schedule) AS schedule_records,
  (SELECT s.i_holiday_calendar FROM schedules AS s WHERE s.i_schedule = r.i_schedule) AS i_holiday_calendar,
  EXISTS (SELECT 1 FROM schedules AS s JOIN holiday_calendars AS k ON k.i_holiday_calendar = s.i_holiday_calendar
    WHERE s.i_schedule = r.i_schedule) AS has_holiday_calendar,
  (SELECT JSON_ARRAYAGG(DATE_FORMAT(h.date, '%Y-%m-%d') ORDER BY h.date)
    FROM schedules AS s JOIN holidays AS h ON h.i_holiday_calendar = s.i_holiday_calendar
    WHERE s.i_schedule = r.i_schedule) AS holidays
FROM calling_rules AS r
ORDER BY r.i_calling_rule
