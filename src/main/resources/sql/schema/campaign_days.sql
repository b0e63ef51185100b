-- What the calls of campaigns with max_cost or max_minutes have cost, by the day of the campaign's time zone on which they ended. Each
-- owner of calls counts its own, in the transaction that writes their ends. The row without owner counts the day's calls that
-- ended before the limit was set; it was first made at made_at.
CREATE TABLE IF NOT EXISTS campaign_days (
  i_campaign BIGINT NOT NULL,
  day DATE NOT NULL,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  billed_sec BIGINT NOT NULL DEFAULT 0,
  cost DECIMAL(24,6) NOT NULL DEFAULT 0,
  made_at DATETIME(3),
  PRIMARY KEY (i_campaign, day, owner),
  INDEX callout_day (day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
