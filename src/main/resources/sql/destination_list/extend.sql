-- The columns that claims need in addition to mod_dialer's. They are invisible to SELECT * and to INSERTs that name no columns.
-- Times are UTC. callout_next_call is valid as long as calls and lastcall are what they were when it was written. lastcall is
-- local time, which has one hour twice a year. So callout_last_utc is the UTC time of the lastcall that Callout wrote
-- (callout_last_local), and callout_called_at is the same as long as lastcall is unchanged. A difference of less than a second
-- is allowed, because some tables store no fractions of a second.
-- callout_state: 0 fresh, 1 waits for callout_next_call, 2 waits for lastcall and the campaign's back-off, or has no attempts
-- left, 3 success, 4 marked by another dialler, 5 in progress here, 6 never again, 7 see extend-telephones.sql. callout_called: 2 or 3.
-- vars has the number's variables, a JSON object of texts.
-- callout_due and callout_called_state are NULL in other states, so that the claim of a fresh number leaves their indexes alone.
ALTER TABLE destination_list
  ADD COLUMN IF NOT EXISTS lastcall DATETIME(3),
  ADD COLUMN IF NOT EXISTS lastresult VARCHAR(255),
  ADD COLUMN IF NOT EXISTS calls INT DEFAULT 0,
  ADD COLUMN IF NOT EXISTS in_use TINYINT DEFAULT 0,
  ADD COLUMN IF NOT EXISTS duration INT,
  ADD COLUMN IF NOT EXISTS callerid VARCHAR(64),
  ADD COLUMN IF NOT EXISTS vars TEXT CHARACTER SET utf8mb4 INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_row BIGINT NOT NULL AUTO_INCREMENT UNIQUE INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_campaign BIGINT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_uuid VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_owner VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_switch VARCHAR(64) CHARACTER SET utf8mb4 INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_core_uuid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_setup DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_connect DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_expires DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_next_call DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_next_calls INT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_next_lastcall DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_last_utc DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_last_local DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_shuffle INT UNSIGNED AS (CRC32(RTRIM(number))) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_calls INT AS (GREATEST(COALESCE(calls, 0), 0)) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_state TINYINT AS (CASE
    WHEN callout_uuid IS NOT NULL THEN 5
    WHEN COALESCE(in_use, 0) <> 0 THEN 4
    WHEN COALESCE(calls, 0) > 0 AND lastresult = 'success' THEN 3
    WHEN callout_next_call IS NOT NULL AND callout_next_calls = GREATEST(COALESCE(calls, 0), 0)
      AND COALESCE(TIMESTAMPDIFF(SECOND, lastcall, callout_next_lastcall), lastcall <=> callout_next_lastcall XOR 1) = 0
      AND (COALESCE(calls, 0) > 0 OR lastresult <> SPACE(0) OR callout_next_call < TIMESTAMP'9999-01-01 00:00:00')
      THEN IF(callout_next_call < TIMESTAMP'9999-01-01 00:00:00', 1, 6)
    WHEN COALESCE(calls, 0) > 0 THEN 2
    ELSE 0 END) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_due DATETIME(3) AS (IF(callout_state = 1, callout_next_call, NULL)) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_called TINYINT AS (IF(callout_state IN (2, 3), 1, NULL)) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_called_state TINYINT AS (IF(callout_state BETWEEN 1 AND 4, callout_state, NULL))
    PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_called_at DATETIME(3)
    AS (IF(TIMESTAMPDIFF(SECOND, lastcall, callout_last_local) = 0, callout_last_utc, NULL)) PERSISTENT INVISIBLE,
  ADD INDEX IF NOT EXISTS callout_sequential (callout_state, callout_row),
  ADD INDEX IF NOT EXISTS callout_random (callout_state, callout_shuffle, callout_row),
  ADD INDEX IF NOT EXISTS callout_by_due (callout_due, callout_row, callout_calls),
  ADD INDEX IF NOT EXISTS callout_by_calls (callout_called_state, callout_calls, callout_called_at, lastcall),
  ADD INDEX IF NOT EXISTS callout_by_called (callout_called, callout_called_at, lastcall),
  ADD INDEX IF NOT EXISTS callout_owner (callout_owner, callout_campaign)
