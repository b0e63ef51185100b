-- Makes the do-not-call list read its numbers in the form in which they are dialled, where an old column reads them differently.
ALTER TABLE do_not_call
  MODIFY COLUMN dialled VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
    AS (LOWER(REGEXP_REPLACE(RTRIM(number),
      CONCAT('[', CHAR(92 USING utf8mb4), 'p{Z}', CHAR(9 USING utf8mb4), '()./-]'), SPACE(0)))) PERSISTENT
