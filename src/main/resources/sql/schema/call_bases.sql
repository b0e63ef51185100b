-- What thousands of calls share: one row for each campaign, run, settings, prompt and rules by which calls were made. Only Callout
-- writes it. i_call_base and hash follow from the other columns, so that each node finds the same row. settings is a JSON object of
-- what the campaign's row said, without secrets, and revision a hash of it. made_at is when a call was first made by it, used_at when
-- one was made by it lately, within an hour (both UTC). started_by is who started the run, as audit says.
CREATE TABLE IF NOT EXISTS call_bases (
  i_call_base BIGINT NOT NULL,
  hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  i_campaign BIGINT NOT NULL,
  run_started DATETIME(3),
  started_by VARCHAR(160),
  revision CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settings LONGTEXT NOT NULL,
  prompt VARCHAR(512),
  prompt_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  rules VARCHAR(512),
  rules_version VARCHAR(64),
  made_at DATETIME(3) NOT NULL,
  used_at DATETIME(3) NOT NULL,
  PRIMARY KEY (i_call_base),
  UNIQUE INDEX callout_hash (hash),
  INDEX callout_made (i_campaign, made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE call_bases
  ADD COLUMN IF NOT EXISTS prompt_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin;
