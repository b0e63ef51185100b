-- Whether a list has the columns for telephones.
SELECT COUNT(*) FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :#list AND COLUMN_NAME = 'callout_e164'
