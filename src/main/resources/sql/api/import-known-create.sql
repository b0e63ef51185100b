-- The numbers that the campaign already has: their telephones or, without a country, the form in which they are dialled.
CREATE TEMPORARY TABLE callout_known (
  telephone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
) ENGINE=InnoDB
