-- The numbers of erased persons, which are not called again: the keyed hash of the telephone, and of each form in which the number
-- was written. key_sum says by which callout.erase-key: a node with another one, or none, calls nobody, because it could not see who
-- was erased. Times are UTC.
CREATE TABLE IF NOT EXISTS erased_telephones (
  hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  key_sum CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  erased_at DATETIME(3) NOT NULL,
  PRIMARY KEY (hash),
  INDEX callout_key_sum (key_sum)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE erased_telephones ADD INDEX IF NOT EXISTS callout_key_sum (key_sum);
