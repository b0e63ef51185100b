-- The days of a calendar.
SELECT DATE_FORMAT(date, '%Y-%m-%d') AS date, text FROM holidays WHERE i_holiday_calendar = :#key ORDER BY date
