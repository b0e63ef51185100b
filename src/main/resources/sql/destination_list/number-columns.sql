-- Which columns a list has that only campaigns with a country need, and that people set of a number.
SELECT COLUMN_NAME FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'destination_list' AND COLUMN_NAME IN ('timezone', 'consent')
