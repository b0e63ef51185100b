-- What the campaign has already, in the form in which it is dialled.
CREATE TEMPORARY TABLE callout_known (
  dialable VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
) ENGINE=InnoDB
