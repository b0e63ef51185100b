-- The numbers of further do-not-call lists. The columns e164... are as in do_not_call. Times are UTC.
CREATE TABLE IF NOT EXISTS do_not_call_entries (
  i_do_not_call_list BIGINT NOT NULL,
  written_as VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  reason VARCHAR(255),
  expires DATETIME(3),
  e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  e164_sum INT UNSIGNED INVISIBLE,
  e164_known VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
    AS (IF(e164_sum = CRC32(written_as), e164_read, NULL)) PERSISTENT INVISIBLE,
  PRIMARY KEY (i_do_not_call_list, written_as),
  INDEX callout_e164 (e164, i_do_not_call_list),
  INDEX callout_e164_known (i_do_not_call_list, e164_known)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE do_not_call_entries
  ADD COLUMN IF NOT EXISTS reason VARCHAR(255),
  ADD COLUMN IF NOT EXISTS expires DATETIME(3),
  ADD COLUMN IF NOT EXISTS e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  ADD COLUMN IF NOT EXISTS e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164_sum INT UNSIGNED INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164_known VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
    AS (IF(e164_sum = CRC32(written_as), e164_read, NULL)) PERSISTENT INVISIBLE,
  ADD INDEX IF NOT EXISTS callout_e164 (e164, i_do_not_call_list),
  ADD INDEX IF NOT EXISTS callout_e164_known (i_do_not_call_list, e164_known);
