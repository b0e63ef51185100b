-- Changes a holiday calendar, but not its days.
UPDATE holiday_calendars SET name = :#name, description = :#description WHERE i_holiday_calendar = :#key
