-- The schedules that are closed on the days of a calendar.
SELECT COALESCE(name, CONCAT('i_schedule ', i_schedule)) AS name FROM schedules WHERE i_holiday_calendar = :#key LIMIT 3
