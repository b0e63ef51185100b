-- Lists that were created while sql_mode had EMPTY_STRING_IS_NULL, and the statement that repairs each. Their numbers that are
-- never to be called again count as fresh.
SELECT TABLE_NAME AS list,
  CONCAT('ALTER TABLE `', TABLE_NAME, '` MODIFY COLUMN callout_state TINYINT AS (',
    REPLACE(REPLACE(GENERATION_EXPRESSION, 'coalesce(`lastresult`,NULL) <> NULL', '`lastresult` <> space(0)'),
      'coalesce(`lastresult`,NULL)', '`lastresult`'), ') PERSISTENT INVISIBLE') AS remedy
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'callout_state'
  AND LOCATE('coalesce(`lastresult`,NULL)', GENERATION_EXPRESSION) > 0
ORDER BY TABLE_NAME
