-- What is done by the calendar. last_fired (UTC) is the instant of the cron expression for which it was last done, last_result
-- what the result was. changed is when a person last edited the row: what was due before does not count.
CREATE TABLE IF NOT EXISTS timetables (
  i_timetable BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(128),
  i_campaign BIGINT,
  cron VARCHAR(255),
  timezone VARCHAR(64),
  action VARCHAR(16),
  reopen VARCHAR(16),
  days INT,
  enabled TINYINT NOT NULL DEFAULT 1,
  last_fired DATETIME(3),
  last_result VARCHAR(255),
  changed TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (i_timetable)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE timetables
  ADD COLUMN IF NOT EXISTS name VARCHAR(128),
  ADD COLUMN IF NOT EXISTS i_campaign BIGINT,
  ADD COLUMN IF NOT EXISTS cron VARCHAR(255),
  ADD COLUMN IF NOT EXISTS timezone VARCHAR(64),
  ADD COLUMN IF NOT EXISTS action VARCHAR(16),
  ADD COLUMN IF NOT EXISTS reopen VARCHAR(16),
  ADD COLUMN IF NOT EXISTS days INT,
  ADD COLUMN IF NOT EXISTS enabled TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS last_fired DATETIME(3),
  ADD COLUMN IF NOT EXISTS last_result VARCHAR(255),
  ADD COLUMN IF NOT EXISTS changed TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3);
