-- Numbers to call, in the layout of the campaign application. Visible times are the server's local time, which has one hour twice
-- a year. So the times that Callout wrote there also stand beside them in UTC, in columns that are invisible to SELECT * and to
-- INSERTs that name no columns. callout_next_call is the UTC time of next_call, as long as Callout's value is there
-- (callout_next_local). Then callout_due is the same, and NULL if somebody else wrote next_call. callout_setup, callout_connect
-- and callout_expires are the times of a call in progress, as long as expires is what Callout wrote (callout_expires_local).
-- callout_gateway is the gateway that the call left by. e164 is the telephone that cld means, if it has been read for a campaign
-- with a country. e164_read is what it was read by: the country, the version of the metadata, and shuffle, which changes with cld.
-- A difference of less than a second is allowed, because some tables store
-- no fractions of a second.
-- timezone is the callee's zone, if somebody has named it, and consent a record of what the callee has agreed to. vars has the
-- number's variables, a JSON object of texts. i_import is the
-- import that the number came by, see imports. rule_not_before is
-- the UTC instant before which calling rules keep the number from being called, rule_reason says why, and rule_version by which
-- rules; the year 9999: until something changes. next_call is not touched by that. callout_inputs changes with each column that the
-- rules go by, and callout_rule_inputs is what it was when they judged. callout_closed is rule_not_before as long as both are the
-- same. So whoever changes the number opens it, and it is judged anew.
-- call_uuid comes early in the indexes, so that numbers in progress lie behind all others. So claims do not pass over the index
-- entries that their calls leave there while a read view is open, and no further index is needed to count them.
CREATE TABLE IF NOT EXISTS campaign_phones (
  i_campaign_phone BIGINT NOT NULL AUTO_INCREMENT,
  i_campaign BIGINT NOT NULL,
  cld VARCHAR(64),
  finished TINYINT NOT NULL DEFAULT 0,
  expires DATETIME(3),
  next_call DATETIME(3),
  call_count INT NOT NULL DEFAULT 0,
  setup_time DATETIME(3),
  connect_time DATETIME(3),
  disconnect_time DATETIME(3),
  status VARCHAR(32) NOT NULL DEFAULT 'idle',
  duration INT,
  callerid VARCHAR(64),
  priority INT NOT NULL DEFAULT 0,
  call_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
  owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  call_switch VARCHAR(64),
  core_uuid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  hangup_cause VARCHAR(255),
  sip_status INT,
  shuffle INT UNSIGNED AS (CRC32(RTRIM(cld))) PERSISTENT,
  callout_setup DATETIME(3) INVISIBLE,
  callout_connect DATETIME(3) INVISIBLE,
  callout_expires DATETIME(3) INVISIBLE,
  callout_expires_local DATETIME(3) INVISIBLE,
  callout_next_call DATETIME(3) INVISIBLE,
  callout_next_local DATETIME(3) INVISIBLE,
  callout_due DATETIME(3) AS (IF(TIMESTAMPDIFF(SECOND, next_call, callout_next_local) = 0, callout_next_call, NULL))
    PERSISTENT INVISIBLE,
  callout_gateway VARCHAR(130) INVISIBLE,
  e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  timezone VARCHAR(64) INVISIBLE,
  consent VARCHAR(255) INVISIBLE,
  vars TEXT CHARACTER SET utf8mb4 INVISIBLE,
  digits VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  menu_answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  amd_ms INT INVISIBLE,
  i_import BIGINT INVISIBLE,
  rule_not_before DATETIME(3) INVISIBLE,
  rule_reason VARCHAR(190) INVISIBLE,
  rule_version VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  callout_rule_inputs BIGINT UNSIGNED INVISIBLE,
  callout_inputs BIGINT UNSIGNED AS (shuffle + 3 * COALESCE(CRC32(RTRIM(callerid)), 1) + 5 * COALESCE(CRC32(RTRIM(timezone)), 1)
    + 7 * COALESCE(CRC32(RTRIM(consent)), 1) + 11 * (i_campaign % 1000003)) VIRTUAL INVISIBLE,
  callout_closed DATETIME(3) AS (IF(callout_rule_inputs = callout_inputs, rule_not_before, NULL)) PERSISTENT INVISIBLE,
  PRIMARY KEY (i_campaign_phone),
  INDEX callout_open (i_campaign, call_uuid, finished, callout_closed, callout_due, next_call, priority, i_campaign_phone),
  INDEX callout_open_shuffle (i_campaign, call_uuid, finished, callout_closed, next_call, shuffle, i_campaign_phone),
  INDEX callout_owner (owner),
  INDEX callout_by_telephone (e164, i_campaign)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE campaign_phones
  ADD COLUMN IF NOT EXISTS i_campaign BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS cld VARCHAR(64),
  ADD COLUMN IF NOT EXISTS finished TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS expires DATETIME(3),
  ADD COLUMN IF NOT EXISTS next_call DATETIME(3),
  ADD COLUMN IF NOT EXISTS call_count INT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS setup_time DATETIME(3),
  ADD COLUMN IF NOT EXISTS connect_time DATETIME(3),
  ADD COLUMN IF NOT EXISTS disconnect_time DATETIME(3),
  ADD COLUMN IF NOT EXISTS status VARCHAR(32) NOT NULL DEFAULT 'idle',
  ADD COLUMN IF NOT EXISTS duration INT,
  ADD COLUMN IF NOT EXISTS callerid VARCHAR(64),
  ADD COLUMN IF NOT EXISTS priority INT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS call_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS call_switch VARCHAR(64),
  ADD COLUMN IF NOT EXISTS core_uuid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS hangup_cause VARCHAR(255),
  ADD COLUMN IF NOT EXISTS sip_status INT,
  ADD COLUMN IF NOT EXISTS shuffle INT UNSIGNED AS (CRC32(RTRIM(cld))) PERSISTENT,
  ADD COLUMN IF NOT EXISTS callout_setup DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_connect DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_expires DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_expires_local DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_next_call DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_next_local DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_due DATETIME(3)
    AS (IF(TIMESTAMPDIFF(SECOND, next_call, callout_next_local) = 0, callout_next_call, NULL)) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_gateway VARCHAR(130) INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS timezone VARCHAR(64) INVISIBLE,
  ADD COLUMN IF NOT EXISTS consent VARCHAR(255) INVISIBLE,
  ADD COLUMN IF NOT EXISTS vars TEXT CHARACTER SET utf8mb4 INVISIBLE,
  ADD COLUMN IF NOT EXISTS digits VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS menu_answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS amd_ms INT INVISIBLE,
  ADD COLUMN IF NOT EXISTS i_import BIGINT INVISIBLE,
  ADD COLUMN IF NOT EXISTS rule_not_before DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS rule_reason VARCHAR(190) INVISIBLE,
  ADD COLUMN IF NOT EXISTS rule_version VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_rule_inputs BIGINT UNSIGNED INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_inputs BIGINT UNSIGNED AS (shuffle + 3 * COALESCE(CRC32(RTRIM(callerid)), 1)
    + 5 * COALESCE(CRC32(RTRIM(timezone)), 1) + 7 * COALESCE(CRC32(RTRIM(consent)), 1) + 11 * (i_campaign % 1000003)) VIRTUAL INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_closed DATETIME(3)
    AS (IF(callout_rule_inputs = callout_inputs, rule_not_before, NULL)) PERSISTENT INVISIBLE,
  ADD INDEX IF NOT EXISTS callout_open
    (i_campaign, call_uuid, finished, callout_closed, callout_due, next_call, priority, i_campaign_phone),
  ADD INDEX IF NOT EXISTS callout_open_shuffle
    (i_campaign, call_uuid, finished, callout_closed, next_call, shuffle, i_campaign_phone),
  ADD INDEX IF NOT EXISTS callout_owner (owner),
  ADD INDEX IF NOT EXISTS callout_by_telephone (e164, i_campaign);
