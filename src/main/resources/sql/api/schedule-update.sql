-- Changes a schedule, but not its records.
UPDATE schedules SET name = :#name, description = :#description, i_holiday_calendar = :#i_holiday_calendar
WHERE i_schedule = :#key
