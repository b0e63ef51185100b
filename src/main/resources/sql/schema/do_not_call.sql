-- Numbers not to be called; dialable: without what is left out of a dial string. Times are UTC.
CREATE TABLE IF NOT EXISTS do_not_call (
  number VARCHAR(64) NOT NULL,
  reason VARCHAR(255),
  expires DATETIME(3),
  dialable VARCHAR(64) COLLATE utf8mb4_bin AS (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
    number, ' ', ''), '\t', ''), _utf8mb4 x'C2A0', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', '')) PERSISTENT,
  PRIMARY KEY (number),
  INDEX callout_dialable (dialable)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE do_not_call
  ADD COLUMN IF NOT EXISTS reason VARCHAR(255),
  ADD COLUMN IF NOT EXISTS expires DATETIME(3),
  ADD COLUMN IF NOT EXISTS dialable VARCHAR(64) COLLATE utf8mb4_bin AS
    (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
    number, ' ', ''), '\t', ''), _utf8mb4 x'C2A0', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', '')) PERSISTENT,
  ADD INDEX IF NOT EXISTS callout_dialable (dialable);
