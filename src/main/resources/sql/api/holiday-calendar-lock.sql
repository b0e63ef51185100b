-- Locks the calendar against other changes until the transaction ends.
SELECT i_holiday_calendar FROM holiday_calendars WHERE i_holiday_calendar = :#key FOR UPDATE
