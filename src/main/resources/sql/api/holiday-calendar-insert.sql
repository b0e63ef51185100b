-- Creates a holiday calendar.
INSERT INTO holiday_calendars (name, description) VALUES (:#name, :#description)
