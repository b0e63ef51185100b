-- Lists without a name to be deleted: they have been replaced, or their import ended an hour ago or earlier without a result.
SELECT i_do_not_call_list FROM do_not_call_lists
WHERE name IS NULL
  AND (loaded_at IS NULL OR loaded_at < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND - INTERVAL 1 HOUR)
