-- Deletes all days of a calendar.
DELETE FROM holidays WHERE i_holiday_calendar = :#key
