-- The columns of the index on the numbers of call_attempts, as text. No row: there is none.
SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columns
FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'call_attempts' AND INDEX_NAME = 'callout_number'
HAVING columns IS NOT NULL
