-- Pools of caller IDs, among which the callees of the campaigns and gateways that name the pool are divided.
CREATE TABLE IF NOT EXISTS caller_id_pools (
  i_caller_id_pool BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci,
  PRIMARY KEY (i_caller_id_pool),
  UNIQUE INDEX callout_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE caller_id_pools
  ADD COLUMN IF NOT EXISTS name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci;
