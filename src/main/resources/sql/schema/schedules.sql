-- Names of schedules, and the holiday calendar on whose days each is closed. NULL: none.
CREATE TABLE IF NOT EXISTS schedules (
  i_schedule BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(128),
  description TEXT,
  i_holiday_calendar BIGINT,
  PRIMARY KEY (i_schedule)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE schedules
  ADD COLUMN IF NOT EXISTS name VARCHAR(128),
  ADD COLUMN IF NOT EXISTS description TEXT,
  ADD COLUMN IF NOT EXISTS i_holiday_calendar BIGINT;
