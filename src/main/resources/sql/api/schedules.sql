-- Schedules in a range of keys.
SELECT i_schedule, name, description, i_holiday_calendar
FROM schedules WHERE i_schedule BETWEEN :#first AND :#last ORDER BY i_schedule LIMIT :#limit
