-- One row for each import of numbers into a campaign, or of entries into a do-not-call list. Only Callout writes it. i_campaign: NULL
-- if the entries went into the list do_not_call_list, or, if that is NULL too, into the one that binds all. file is the file's name as
-- the sender gave it, and sha256 is over the bytes that were sent. undone is when its numbers were taken back; NULL: they were not. at
-- and undone are UTC.
CREATE TABLE IF NOT EXISTS imports (
  i_import BIGINT NOT NULL AUTO_INCREMENT,
  at DATETIME(3) NOT NULL,
  who VARCHAR(160) NOT NULL,
  i_campaign BIGINT,
  do_not_call_list VARCHAR(64),
  file VARCHAR(255),
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lines_sent BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  undone DATETIME(3),
  PRIMARY KEY (i_import),
  INDEX callout_campaign (i_campaign)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE imports ADD COLUMN IF NOT EXISTS undone DATETIME(3);
