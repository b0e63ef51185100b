-- The partitions of call_attempts, in their order. A table without partitions has one row, whose name is NULL.
SELECT PARTITION_NAME AS name, PARTITION_DESCRIPTION AS bound
FROM information_schema.PARTITIONS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'call_attempts'
ORDER BY PARTITION_ORDINAL_POSITION
