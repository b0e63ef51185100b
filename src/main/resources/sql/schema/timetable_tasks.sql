-- What remains to be done by a node that has won a row of timetables: a stop or pause, one row for each campaign, or a report or
-- a retention, of one campaign or of all (0). A row is deleted when it is done. scheduled is the instant that it is for, since
-- the instant of the report before (both UTC). owner is the incarnation of the node that makes a report or deletes attempts.
CREATE TABLE IF NOT EXISTS timetable_tasks (
  i_campaign BIGINT NOT NULL,
  i_timetable BIGINT NOT NULL,
  scheduled DATETIME(3) NOT NULL,
  action VARCHAR(16) NOT NULL,
  since DATETIME(3),
  days INT,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  PRIMARY KEY (i_campaign, i_timetable, scheduled)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
