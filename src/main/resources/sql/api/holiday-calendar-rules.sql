-- Whether schedules of calling rules use a holiday calendar.
SELECT r.i_calling_rule
FROM schedules AS s JOIN calling_rules AS r ON r.i_schedule = s.i_schedule
WHERE s.i_holiday_calendar = :#key LIMIT 1
