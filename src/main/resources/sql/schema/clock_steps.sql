-- Steps of this server's clock that were seen by a running dialler, one row for each table of numbers. Times are UTC by the clock
-- before the step. What waits there is put off by as much; shifted_to is the last row that is, NULL if all are.
CREATE TABLE IF NOT EXISTS clock_steps (
  step BIGINT NOT NULL,
  list VARCHAR(64) NOT NULL,
  seen DATETIME(6) NOT NULL,
  micros BIGINT NOT NULL,
  node VARCHAR(64) NOT NULL,
  shifted_to BIGINT,
  PRIMARY KEY (step, list)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
