-- Numbers not to be called. dialled is the number in lower case, without the characters that a dial string leaves out, as in
-- PhoneNumber. Its expression has no backslash, no empty string and no trailing blanks, because some values of sql_mode read them
-- differently. e164 is the telephone that the number means where a country is known; NULL: none. e164_read says by which country
-- and metadata it was read, e164_sum which text was read. e164_known is e164_read as long as number is that text. Times are UTC.
CREATE TABLE IF NOT EXISTS do_not_call (
  number VARCHAR(64) NOT NULL,
  reason VARCHAR(255),
  expires DATETIME(3),
  dialled VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
    AS (LOWER(REGEXP_REPLACE(RTRIM(number),
      CONCAT('[', CHAR(92 USING utf8mb4), 'p{Z}', CHAR(9 USING utf8mb4), '()./-]'), SPACE(0)))) PERSISTENT,
  e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  e164_sum INT UNSIGNED INVISIBLE,
  e164_known VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
    AS (IF(e164_sum = CRC32(number), e164_read, NULL)) PERSISTENT INVISIBLE,
  PRIMARY KEY (number),
  INDEX callout_dialled (dialled),
  INDEX callout_e164 (e164),
  INDEX callout_e164_known (e164_known)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE do_not_call
  ADD COLUMN IF NOT EXISTS reason VARCHAR(255),
  ADD COLUMN IF NOT EXISTS expires DATETIME(3),
  ADD COLUMN IF NOT EXISTS dialled VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
    AS (LOWER(REGEXP_REPLACE(RTRIM(number),
      CONCAT('[', CHAR(92 USING utf8mb4), 'p{Z}', CHAR(9 USING utf8mb4), '()./-]'), SPACE(0)))) PERSISTENT,
  ADD COLUMN IF NOT EXISTS e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164_sum INT UNSIGNED INVISIBLE,
  ADD COLUMN IF NOT EXISTS e164_known VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
    AS (IF(e164_sum = CRC32(number), e164_read, NULL)) PERSISTENT INVISIBLE,
  ADD INDEX IF NOT EXISTS callout_dialled (dialled),
  ADD INDEX IF NOT EXISTS callout_e164 (e164),
  ADD INDEX IF NOT EXISTS callout_e164_known (e164_known);
