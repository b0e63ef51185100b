-- Groups of gateways, among which each call of the campaigns that name the group chooses. max_legs is by how many of them one attempt
-- may be tried, one after the other, while the network fails; NULL: 2.
CREATE TABLE IF NOT EXISTS gateway_groups (
  i_gateway_group BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci,
  gateways TEXT,
  max_legs INT,
  PRIMARY KEY (i_gateway_group),
  UNIQUE INDEX callout_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE gateway_groups
  ADD COLUMN IF NOT EXISTS name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci,
  ADD COLUMN IF NOT EXISTS gateways TEXT,
  ADD COLUMN IF NOT EXISTS max_legs INT;
