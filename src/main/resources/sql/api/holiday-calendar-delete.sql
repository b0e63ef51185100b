-- Deletes a calendar. Its days must have been deleted before.
DELETE FROM holiday_calendars WHERE i_holiday_calendar = :#key
