-- How many calls the nodes may have up by a gateway with max_calls: limited as in limit_instants, owner as in campaign_phones. A node
-- takes and returns them as it needs them. What a lost node had is taken by those that follow its calls, and the rest is deleted when
-- none of them can be up any more.
CREATE TABLE IF NOT EXISTS limit_calls (
  limited VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  calls INT NOT NULL DEFAULT 0,
  PRIMARY KEY (limited, owner)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
