-- Days on which the schedules of a calendar are closed, from midnight to midnight, local time in the campaign's zone.
CREATE TABLE IF NOT EXISTS holidays (
  i_holiday_calendar BIGINT NOT NULL,
  date DATE NOT NULL,
  text VARCHAR(255),
  PRIMARY KEY (i_holiday_calendar, date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE holidays
  ADD COLUMN IF NOT EXISTS i_holiday_calendar BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS date DATE NOT NULL,
  ADD COLUMN IF NOT EXISTS text VARCHAR(255);
