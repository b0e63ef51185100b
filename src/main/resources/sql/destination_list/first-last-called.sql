-- Of the numbers of one state and count of calls, the last call that is the longest ago.
SELECT UNIX_TIMESTAMP(lastcall) AS lastcall
FROM destination_list FORCE INDEX (callout_by_last_call)
WHERE callout_called_state = :#state AND callout_calls = :#calls
ORDER BY destination_list.lastcall
LIMIT 1
