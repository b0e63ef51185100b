-- The lines of an import, until it is known which are new. telephone is e164, or dialable if no country is known: two lines with
-- the same are one number. Only this connection sees the table.
CREATE TEMPORARY TABLE callout_import (
  position INT NOT NULL,
  line INT NOT NULL,
  cld VARCHAR(64) NOT NULL,
  dialable VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  telephone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  callerid VARCHAR(64),
  priority INT NOT NULL,
  timezone VARCHAR(64),
  consent VARCHAR(255),
  vars TEXT,
  verdict CHAR(1) CHARACTER SET ascii,
  PRIMARY KEY (position),
  INDEX (dialable),
  INDEX (telephone)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
