-- The numbers that the campaign already has, in the form in which they are dialled.
CREATE TEMPORARY TABLE callout_known (
  dialable VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
) ENGINE=InnoDB
