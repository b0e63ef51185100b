-- Telephones of the house that a campaign may call before it starts, each with its latest test call. A test call is in progress
-- while ended is NULL and call_uuid is not; expires is when it must be over at the latest. name says whose telephone it is,
-- i_campaign_phone which number of the campaign gave the call its variables. heard_ms is how long the callee heard the prompt.
-- reason says in words why there was no call, or why its end is not known. Times are UTC.
CREATE TABLE IF NOT EXISTS test_numbers (
  i_test_number BIGINT NOT NULL AUTO_INCREMENT,
  number VARCHAR(64) NOT NULL,
  name VARCHAR(128),
  created_at DATETIME(3),
  created_by VARCHAR(160),
  call_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
  i_campaign BIGINT,
  i_campaign_phone BIGINT,
  called_by VARCHAR(160),
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  requested DATETIME(3),
  expires DATETIME(3),
  call_switch VARCHAR(64),
  call_gateway VARCHAR(130),
  caller_id VARCHAR(64),
  dialled DATETIME(3),
  ringing DATETIME(3),
  answered DATETIME(3),
  ended DATETIME(3),
  heard_ms BIGINT,
  status VARCHAR(32),
  hangup_cause VARCHAR(255),
  q850 INT,
  sip_status INT,
  reason VARCHAR(1000),
  digits VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  menu_answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  amd_ms INT,
  PRIMARY KEY (i_test_number),
  UNIQUE INDEX callout_number (number),
  UNIQUE INDEX callout_call (call_uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE test_numbers
  ADD COLUMN IF NOT EXISTS digits VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS menu_answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS amd_ms INT;
