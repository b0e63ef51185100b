-- Of the numbers for a campaign that never ends, the last call that is the longest ago.
SELECT UNIX_TIMESTAMP(lastcall) AS lastcall
FROM destination_list FORCE INDEX (callout_called)
WHERE callout_called = 1
ORDER BY destination_list.lastcall
LIMIT 1
