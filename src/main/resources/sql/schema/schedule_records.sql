-- The times at which a schedule is open: weekdays 1 (Monday) to 7 and times of day, both inclusive.
CREATE TABLE IF NOT EXISTS schedule_records (
  i_schedule_record BIGINT NOT NULL AUTO_INCREMENT,
  i_schedule BIGINT NOT NULL,
  start_wday TINYINT,
  stop_wday TINYINT,
  start_time TIME,
  stop_time TIME,
  PRIMARY KEY (i_schedule_record),
  INDEX callout_schedule (i_schedule)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE schedule_records
  ADD COLUMN IF NOT EXISTS i_schedule BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS start_wday TINYINT,
  ADD COLUMN IF NOT EXISTS stop_wday TINYINT,
  ADD COLUMN IF NOT EXISTS start_time TIME,
  ADD COLUMN IF NOT EXISTS stop_time TIME,
  ADD INDEX IF NOT EXISTS callout_schedule (i_schedule);
