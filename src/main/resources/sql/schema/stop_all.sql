-- Whether everything is stopped: if there is a row, no node makes a call. stopped_at is UTC. hang_up: calls that are up are ended,
-- too. one keeps it to one row.
CREATE TABLE IF NOT EXISTS stop_all (
  one TINYINT NOT NULL DEFAULT 1,
  stopped_at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  stopped_by VARCHAR(255) NOT NULL DEFAULT 'SQL or unknown',
  why VARCHAR(255),
  hang_up TINYINT(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT callout_one CHECK (one = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
