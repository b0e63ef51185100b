-- Holiday calendars in a range of keys.
SELECT i_holiday_calendar, name, description
FROM holiday_calendars WHERE i_holiday_calendar BETWEEN :#first AND :#last ORDER BY i_holiday_calendar LIMIT :#limit
