-- The expression of do_not_call.dialled, as the server shows it. NULL: the column is not computed.
SELECT GENERATION_EXPRESSION FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'do_not_call' AND COLUMN_NAME = 'dialled'
