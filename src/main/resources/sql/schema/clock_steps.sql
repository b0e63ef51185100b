-- Steps of this server's clock that a running dialler has seen, one row for each table of numbers. Times are UTC by the clock
-- before the step. What waits in the table is put off by the same time. shifted_to is the last row that has been put off, NULL if
-- all have.
CREATE TABLE IF NOT EXISTS clock_steps (
  step BIGINT NOT NULL,
  list VARCHAR(64) NOT NULL,
  seen DATETIME(6) NOT NULL,
  micros BIGINT NOT NULL,
  node VARCHAR(64) NOT NULL,
  shifted_to BIGINT,
  PRIMARY KEY (step, list)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
