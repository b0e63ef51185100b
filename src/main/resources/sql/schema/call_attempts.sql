-- One row for each call of an attempt that has ended: an attempt has several legs if gateways have failed, each a call of its own.
-- All but the last have the status 'next leg' and are not charged. Rows are only added, but such a row is deleted if the next leg
-- was not made after all, and added anew as that of the last one. Times are UTC. i_call_base is what the call shares with others, see
-- call_bases. zone is the callee's time zones by which calling rules judged, caller_id what the callee was to see, and consent what
-- the number's row recorded of the callee's consent. bill_day is the day of campaign_days in which its bill is counted.
-- i_import is the import that the number came by. kind is 'test' for a call to a number of test_numbers, which is no attempt of the
-- campaign: it has the i_campaign_phone 0 and the attempt 0, and is not charged. NULL: a call of the campaign.
-- digits is what the callee pressed in menus, and menu_answer the answer that this gave. answered_by is what answered, as far as
-- the greeting told, and amd_ms how many milliseconds after the answer this was known.
-- hand_over says how a hand-over ended, and agent who talked with the callee. abandoned is 1 if the callee was left in silence.
-- recording is the file on the machine of the switch. What agents and bots report of a call is in call_reports.
-- callout_number has all that tells how many numbers were called and reached, so that a report reads no row for it.
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
  call_gateway VARCHAR(130),
  i_call_base BIGINT,
  zone VARCHAR(255),
  caller_id VARCHAR(64),
  consent VARCHAR(255),
  leg INT NOT NULL DEFAULT 1,
  billed_sec INT,
  cost DECIMAL(18,6),
  bill_day DATE,
  i_import BIGINT,
  kind VARCHAR(16),
  digits VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  menu_answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  amd_ms INT,
  hand_over VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  agent VARCHAR(128),
  waited_ms BIGINT,
  talked_ms BIGINT,
  abandoned TINYINT,
  recording VARCHAR(255),
  PRIMARY KEY (call_uuid),
  INDEX callout_number (i_campaign, i_campaign_phone, attempt, disconnect_time, status, kind, i_import),
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
  ADD COLUMN IF NOT EXISTS call_gateway VARCHAR(130),
  ADD COLUMN IF NOT EXISTS i_call_base BIGINT,
  ADD COLUMN IF NOT EXISTS zone VARCHAR(255),
  ADD COLUMN IF NOT EXISTS caller_id VARCHAR(64),
  ADD COLUMN IF NOT EXISTS consent VARCHAR(255),
  ADD COLUMN IF NOT EXISTS leg INT NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS billed_sec INT,
  ADD COLUMN IF NOT EXISTS cost DECIMAL(18,6),
  ADD COLUMN IF NOT EXISTS bill_day DATE,
  ADD COLUMN IF NOT EXISTS i_import BIGINT,
  ADD COLUMN IF NOT EXISTS kind VARCHAR(16),
  ADD COLUMN IF NOT EXISTS digits VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS menu_answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS amd_ms INT,
  ADD COLUMN IF NOT EXISTS hand_over VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS agent VARCHAR(128),
  ADD COLUMN IF NOT EXISTS waited_ms BIGINT,
  ADD COLUMN IF NOT EXISTS talked_ms BIGINT,
  ADD COLUMN IF NOT EXISTS abandoned TINYINT,
  ADD COLUMN IF NOT EXISTS recording VARCHAR(255),
  ADD INDEX IF NOT EXISTS callout_number (i_campaign, i_campaign_phone, attempt, disconnect_time, status, kind, i_import),
  ADD INDEX IF NOT EXISTS callout_ended (disconnect_time);
