-- Adds days to calendars. A day that exists already gets the new text.
INSERT INTO holidays (i_holiday_calendar, date, text)
SELECT day.i_holiday_calendar, day.date, day.text
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
  i_holiday_calendar BIGINT PATH '$.i_holiday_calendar', date DATE PATH '$.date', text VARCHAR(255) PATH '$.text')) AS day
ON DUPLICATE KEY UPDATE text = day.text
