-- Deletes one day of a calendar.
DELETE FROM holidays WHERE i_holiday_calendar = :#key AND date = :#date
