-- The settings of each campaign as they were last audited, as a JSON object. By Callout.
CREATE TABLE IF NOT EXISTS audited_campaigns (
  i_campaign BIGINT NOT NULL,
  state LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (i_campaign)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
