-- How many lines campaigns use: the sum of claimed less the sum of ended, over all rows of a campaign. list is the table that the
-- numbers are in, empty for campaign_phones. The row without owner counts what all claims have taken and not given back, each
-- under the lock of its campaign's row, and what was corrected. The row of an owner counts the calls that it has ended. So a claim
-- waits for no status, and no status waits for a claim. version counts the corrections, so that none is made twice. The rows with a call
-- UUID decide: what people have changed there is corrected here.
CREATE TABLE IF NOT EXISTS campaign_lines (
  i_campaign BIGINT NOT NULL,
  list VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimed BIGINT NOT NULL DEFAULT 0,
  ended BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (i_campaign, list, owner)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
