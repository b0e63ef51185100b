-- Numbers not to be called; dialled: in lower case and without what is left out of a dial string, as PhoneNumber has it.
-- Its expression has no backslash, no empty string and no trailing blanks, which some values of sql_mode read otherwise.
-- Times are UTC.
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
