-- Holiday calendars. Schedules refer to them.
CREATE TABLE IF NOT EXISTS holiday_calendars (
  i_holiday_calendar BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(128),
  description TEXT,
  PRIMARY KEY (i_holiday_calendar)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE holiday_calendars
  ADD COLUMN IF NOT EXISTS name VARCHAR(128),
  ADD COLUMN IF NOT EXISTS description TEXT;
