-- Which node sends the rows of outcome_outbox: one at a time. owner is the node's incarnation. Whoever finds the row expired may take
-- it over. expires is UTC. one keeps it to one row.
CREATE TABLE IF NOT EXISTS outcome_sender (
  one TINYINT NOT NULL DEFAULT 1,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires DATETIME(3) NOT NULL,
  PRIMARY KEY (one),
  CONSTRAINT callout_one_sender CHECK (one = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
