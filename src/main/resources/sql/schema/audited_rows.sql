-- Gateways, groups of gateways and pools of caller IDs as they were last audited, each as a JSON object. By Callout.
CREATE TABLE IF NOT EXISTS audited_rows (
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id BIGINT NOT NULL,
  state LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (kind, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
