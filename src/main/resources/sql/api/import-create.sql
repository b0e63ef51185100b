-- The lines of an import, until it is known which are new. Only this connection sees the table.
CREATE TEMPORARY TABLE callout_import (
  position INT NOT NULL,
  line INT NOT NULL,
  cld VARCHAR(64) NOT NULL,
  dialable VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  callerid VARCHAR(64),
  priority INT NOT NULL,
  verdict CHAR(1) CHARACTER SET ascii,
  PRIMARY KEY (position),
  INDEX (dialable)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
