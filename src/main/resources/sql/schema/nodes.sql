-- Running diallers: one row is one lease. Times are UTC.
CREATE TABLE IF NOT EXISTS nodes (
  incarnation VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(64) NOT NULL,
  expires DATETIME(3) NOT NULL,
  PRIMARY KEY (incarnation)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE nodes
  ADD COLUMN IF NOT EXISTS name VARCHAR(64) NOT NULL,
  ADD COLUMN IF NOT EXISTS expires DATETIME(3) NOT NULL;
