-- Files that were uploaded for prompts. Each node writes a copy into its folder of prompts. sha256 is the hash of the content, and the
-- name of the copies; name is what people call it. uploaded_at is UTC. A row is there only with all its parts.
CREATE TABLE IF NOT EXISTS prompt_files (
  i_prompt_file BIGINT NOT NULL AUTO_INCREMENT,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(128) NOT NULL,
  bytes INT NOT NULL,
  rate INT NOT NULL,
  duration_ms INT NOT NULL,
  uploaded_at DATETIME(3) NOT NULL,
  uploaded_by VARCHAR(160),
  PRIMARY KEY (i_prompt_file),
  UNIQUE INDEX callout_sha256 (sha256)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
