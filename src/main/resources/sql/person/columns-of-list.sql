-- Which of the columns that hold something of a person a list has: it may have been prepared without them.
SELECT COLUMN_NAME FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :#list AND COLUMN_NAME IN ('callout_e164', 'vars')
