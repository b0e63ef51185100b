-- The named tokens of the HTTP API. hash is the SHA-256 of the token, which itself is stored nowhere. Times are UTC. last_used is
-- exact to the minute.
CREATE TABLE IF NOT EXISTS api_tokens (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role VARCHAR(16) NOT NULL,
  hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(160),
  expires DATETIME(3),
  last_used DATETIME(3),
  PRIMARY KEY (name),
  UNIQUE INDEX callout_hash (hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
