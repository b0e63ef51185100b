-- The longest possible name of a campaign, and whether an index begins with the names.
SELECT CHARACTER_MAXIMUM_LENGTH AS length,
  EXISTS (SELECT 1 FROM information_schema.STATISTICS AS s
    WHERE s.TABLE_SCHEMA = DATABASE() AND s.TABLE_NAME = 'campaigns' AND s.COLUMN_NAME = 'name' AND s.SEQ_IN_INDEX = 1) AS indexed
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'campaigns' AND COLUMN_NAME = 'name'
