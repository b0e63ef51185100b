-- Running diallers. One row is one lease. Times are UTC. capabilities is a list of words, separated by commas, for abilities that
-- count only when all nodes have them. NULL: an earlier version, which has none. halted names the routes that are suspended or
-- stopped. NULL: none. judges_by says by which data and options the node judges numbers, beside the tables. NULL: an earlier
-- version, or a node that has just started. takes is how many calls a second the node could make when it renewed its lease, by which the
-- nodes share lines. NULL: the same.
CREATE TABLE IF NOT EXISTS nodes (
  incarnation VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(64) NOT NULL,
  expires DATETIME(3) NOT NULL,
  version VARCHAR(64),
  capabilities VARCHAR(255),
  halted VARCHAR(1000),
  judges_by VARCHAR(1000),
  takes DOUBLE,
  PRIMARY KEY (incarnation)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE nodes
  ADD COLUMN IF NOT EXISTS name VARCHAR(64) NOT NULL,
  ADD COLUMN IF NOT EXISTS expires DATETIME(3) NOT NULL,
  ADD COLUMN IF NOT EXISTS version VARCHAR(64),
  ADD COLUMN IF NOT EXISTS capabilities VARCHAR(255),
  ADD COLUMN IF NOT EXISTS halted VARCHAR(1000),
  ADD COLUMN IF NOT EXISTS judges_by VARCHAR(1000),
  ADD COLUMN IF NOT EXISTS takes DOUBLE;
