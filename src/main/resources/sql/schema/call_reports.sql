-- What the agent or the bot that talked with a callee says of the call, by its uuid: one row a call, with what was said last. It may
-- come before the row of call_attempts. campaign is the i_campaign of the call. Times are UTC.
CREATE TABLE IF NOT EXISTS call_reports (
  call_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  i_campaign BIGINT NOT NULL,
  result VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note VARCHAR(255),
  reported_at DATETIME(3) NOT NULL,
  reported_by VARCHAR(160),
  PRIMARY KEY (call_uuid),
  INDEX callout_reported (reported_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
