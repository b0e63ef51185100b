-- One row for each attempt that has ended; only ever added to. Times are UTC.
CREATE TABLE IF NOT EXISTS call_attempts (
  call_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  i_campaign BIGINT NOT NULL,
  i_campaign_phone BIGINT NOT NULL,
  number VARCHAR(64) NOT NULL,
  attempt INT NOT NULL,
  setup_time DATETIME(3),
  connect_time DATETIME(3),
  disconnect_time DATETIME(3),
  status VARCHAR(32) NOT NULL,
  hangup_cause VARCHAR(255),
  q850 INT,
  sip_status INT,
  call_switch VARCHAR(64),
  retry_sec DECIMAL(12,3),
  charged TINYINT NOT NULL DEFAULT 1,
  PRIMARY KEY (call_uuid),
  INDEX callout_number (i_campaign, i_campaign_phone, attempt),
  INDEX callout_ended (disconnect_time)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE call_attempts
  ADD COLUMN IF NOT EXISTS i_campaign BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS i_campaign_phone BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS number VARCHAR(64) NOT NULL,
  ADD COLUMN IF NOT EXISTS attempt INT NOT NULL,
  ADD COLUMN IF NOT EXISTS setup_time DATETIME(3),
  ADD COLUMN IF NOT EXISTS connect_time DATETIME(3),
  ADD COLUMN IF NOT EXISTS disconnect_time DATETIME(3),
  ADD COLUMN IF NOT EXISTS status VARCHAR(32) NOT NULL,
  ADD COLUMN IF NOT EXISTS hangup_cause VARCHAR(255),
  ADD COLUMN IF NOT EXISTS q850 INT,
  ADD COLUMN IF NOT EXISTS sip_status INT,
  ADD COLUMN IF NOT EXISTS call_switch VARCHAR(64),
  ADD COLUMN IF NOT EXISTS retry_sec DECIMAL(12,3),
  ADD COLUMN IF NOT EXISTS charged TINYINT NOT NULL DEFAULT 1,
  ADD INDEX IF NOT EXISTS callout_number (i_campaign, i_campaign_phone, attempt),
  ADD INDEX IF NOT EXISTS callout_ended (disconnect_time);
