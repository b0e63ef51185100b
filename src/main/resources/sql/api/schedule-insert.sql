-- Creates a schedule.
INSERT INTO schedules (name, description, i_holiday_calendar) VALUES (:#name, :#description, :#i_holiday_calendar)
