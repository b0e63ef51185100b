-- A new calendar of holidays.
INSERT INTO holiday_calendars (name, description) VALUES (:#name, :#description)
