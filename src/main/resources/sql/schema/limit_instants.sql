-- The limits of calls a second that hold over all nodes: the first instant of each that no node has reserved, UTC. limited is
-- "gateway" and its name. Nodes reserve instants for some 100 ms at a time; what a node reserves and does not use is lost.
CREATE TABLE IF NOT EXISTS limit_instants (
  limited VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  next_instant DATETIME(6),
  PRIMARY KEY (limited)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
