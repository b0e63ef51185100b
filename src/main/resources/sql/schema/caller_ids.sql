-- The caller IDs of pools.
CREATE TABLE IF NOT EXISTS caller_ids (
  i_caller_id BIGINT NOT NULL AUTO_INCREMENT,
  i_caller_id_pool BIGINT NOT NULL,
  number VARCHAR(64),
  weight INT,
  enabled TINYINT DEFAULT 1,
  prefix VARCHAR(16),
  PRIMARY KEY (i_caller_id),
  INDEX callout_pool (i_caller_id_pool)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE caller_ids
  ADD COLUMN IF NOT EXISTS i_caller_id_pool BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS number VARCHAR(64),
  ADD COLUMN IF NOT EXISTS weight INT,
  ADD COLUMN IF NOT EXISTS enabled TINYINT DEFAULT 1,
  ADD COLUMN IF NOT EXISTS prefix VARCHAR(16),
  ADD INDEX IF NOT EXISTS callout_pool (i_caller_id_pool);
