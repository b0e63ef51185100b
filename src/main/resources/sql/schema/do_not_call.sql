-- Numbers not to be called. dialled is the number in lower case, without the characters that a dial string leaves out, as in
-- PhoneNumber. Its expression has no backslash, no empty string and no trailing blanks, because some values of sql_mode read them
-- differently. Times are UTC.
CREATE TABLE IF NOT EXISTS do_not_call (
  number VARCHAR(64) NOT NULL,
  reason VARCHAR(255),
  expires DATETIME(3),
  dialled VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
    AS (LOWER(REGEXP_REPLACE(RTRIM(number),
      CONCAT('[', CHAR(92 USING utf8mb4), 'p{Z}', CHAR(9 USING utf8mb4), '()./-]'), SPACE(0)))) PERSISTENT,
  PRIMARY KEY (number),
  INDEX callout_dialled (dialled)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE do_not_call
  ADD COLUMN IF NOT EXISTS reason VARCHAR(255),
  ADD COLUMN IF NOT EXISTS expires DATETIME(3),
  ADD COLUMN IF NOT EXISTS dialled VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
    AS (LOWER(REGEXP_REPLACE(RTRIM(number),
      CONCAT('[', CHAR(92 USING utf8mb4), 'p{Z}', CHAR(9 USING utf8mb4), '()./-]'), SPACE(0)))) PERSISTENT,
  ADD INDEX IF NOT EXISTS callout_dialled (dialled);
