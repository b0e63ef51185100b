-- The columns that a campaign with a country needs in addition: the telephone that number means, and what it was read by, which is
-- the country, the version of the metadata, and callout_shuffle, which changes with number. timezone is the callee's zone, if
-- somebody has named it, and consent a record of what the callee has agreed to. callout_rule_not_before is the UTC instant before
-- which calling rules keep the number from being called, callout_rule_reason says why, and callout_rule_version by which rules.
-- callout_inputs changes with each column that the rules or claims go by, and callout_rule_inputs is what it was when the rules
-- judged. As long as both are the same, callout_state is 7, closed by rules, and callout_closed is the instant. So whoever changes the
-- number opens it, and it is judged anew.
ALTER TABLE destination_list
  ADD COLUMN IF NOT EXISTS callout_e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS timezone VARCHAR(64) INVISIBLE,
  ADD COLUMN IF NOT EXISTS consent VARCHAR(255) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_rule_not_before DATETIME(3) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_rule_reason VARCHAR(190) INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_rule_version VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_rule_inputs BIGINT UNSIGNED INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_inputs BIGINT UNSIGNED AS (callout_shuffle + 3 * COALESCE(CRC32(RTRIM(callerid)), 1)
    + 5 * COALESCE(CRC32(RTRIM(timezone)), 1) + 7 * COALESCE(CRC32(RTRIM(consent)), 1)
    + 11 * COALESCE(CRC32(RTRIM(lastresult)), 1) + 13 * callout_calls) VIRTUAL INVISIBLE AFTER callout_calls,
  MODIFY COLUMN callout_state TINYINT AS (CASE
    WHEN callout_uuid IS NOT NULL THEN 5
    WHEN COALESCE(in_use, 0) <> 0 THEN 4
    WHEN callout_rule_not_before IS NOT NULL AND callout_rule_inputs = callout_inputs THEN 7
    WHEN COALESCE(calls, 0) > 0 AND lastresult = 'success' THEN 3
    WHEN callout_next_call IS NOT NULL AND callout_next_calls = GREATEST(COALESCE(calls, 0), 0)
      AND COALESCE(TIMESTAMPDIFF(SECOND, lastcall, callout_next_lastcall), lastcall <=> callout_next_lastcall XOR 1) = 0
      AND (COALESCE(calls, 0) > 0 OR lastresult <> SPACE(0) OR callout_next_call < TIMESTAMP'9999-01-01 00:00:00')
      THEN IF(callout_next_call < TIMESTAMP'9999-01-01 00:00:00', 1, 6)
    WHEN COALESCE(calls, 0) > 0 THEN 2
    ELSE 0 END) PERSISTENT INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_closed DATETIME(3) AS (IF(callout_state = 7, callout_rule_not_before, NULL)) PERSISTENT INVISIBLE,
  ADD INDEX IF NOT EXISTS callout_by_telephone (callout_e164),
  ADD INDEX IF NOT EXISTS callout_by_opening (callout_closed, callout_row)
