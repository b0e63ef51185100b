-- What a node that has won a row of timetables has left to be done: a stop or pause, for each campaign by itself; a report or a
-- retention, of a campaign or of all (0). A row is deleted as it is done. scheduled is the instant for which it is, since that
-- of the report before (both UTC), owner the incarnation of the node that makes a report or deletes attempts.
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
