-- Who changed what. Rows are added, and deleted only when they are older than callout.audit-days; none is changed, except that the
-- erasure of a person takes out the number. at is UTC.
CREATE TABLE IF NOT EXISTS audit (
  i_audit BIGINT NOT NULL AUTO_INCREMENT,
  at DATETIME(3) NOT NULL,
  who VARCHAR(160) NOT NULL,
  source VARCHAR(64),
  action VARCHAR(64) NOT NULL,
  object VARCHAR(255) NOT NULL,
  changes LONGTEXT,
  PRIMARY KEY (i_audit),
  INDEX callout_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
