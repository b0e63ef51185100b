-- Gateways: what of them differs from a gateway that no row describes. name is what campaigns write in profile_gateway.
CREATE TABLE IF NOT EXISTS gateways (
  i_gateway BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(130) CHARACTER SET ascii COLLATE ascii_bin,
  enabled TINYINT DEFAULT 1,
  switches VARCHAR(255),
  priority INT,
  cost_per_minute DECIMAL(12,6),
  weight INT,
  prefixes TEXT,
  dial_format VARCHAR(16),
  strip INT,
  prefix VARCHAR(16),
  codecs VARCHAR(255),
  attest CHAR(1),
  privacy TINYINT,
  asserted_identity VARCHAR(255),
  caller_id_pool VARCHAR(64),
  PRIMARY KEY (i_gateway),
  UNIQUE INDEX callout_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE gateways
  ADD COLUMN IF NOT EXISTS name VARCHAR(130) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS enabled TINYINT DEFAULT 1,
  ADD COLUMN IF NOT EXISTS switches VARCHAR(255),
  ADD COLUMN IF NOT EXISTS priority INT,
  ADD COLUMN IF NOT EXISTS cost_per_minute DECIMAL(12,6),
  ADD COLUMN IF NOT EXISTS weight INT,
  ADD COLUMN IF NOT EXISTS prefixes TEXT,
  ADD COLUMN IF NOT EXISTS dial_format VARCHAR(16),
  ADD COLUMN IF NOT EXISTS strip INT,
  ADD COLUMN IF NOT EXISTS prefix VARCHAR(16),
  ADD COLUMN IF NOT EXISTS codecs VARCHAR(255),
  ADD COLUMN IF NOT EXISTS attest CHAR(1),
  ADD COLUMN IF NOT EXISTS privacy TINYINT,
  ADD COLUMN IF NOT EXISTS asserted_identity VARCHAR(255),
  ADD COLUMN IF NOT EXISTS caller_id_pool VARCHAR(64);
