-- How do_not_call.dialled is computed, in the words of the server; NULL: it is not.
SELECT GENERATION_EXPRESSION FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'do_not_call' AND COLUMN_NAME = 'dialled'
