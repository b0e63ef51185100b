-- Numbers for a campaign that never ends: those that were last called long enough ago, finished or not, except for successes that
-- were given back until later. Only numbers whose lastcall somebody else wrote, in local time.
-- number is not NULL: only those after it in the order, which then has the number as its last part.
SELECT
  callout_row AS i_campaign_phone, number AS cld, callout_calls AS call_count, callerid, vars, duration, 0 AS priority,
  callout_shuffle AS shuffle, lastresult AS status, NULL AS setup_time, NULL AS connect_time,
  CAST(lastcall AS CHAR) AS disconnect_time, NULL AS expires, NULL AS next_call
  /* telephone */
FROM destination_list FORCE INDEX (callout_by_called)
WHERE callout_called = 1
  AND callout_called_at IS NULL
  AND (lastcall IS NULL OR lastcall <= FROM_UNIXTIME(:#before))
  AND (callout_state <> 3 OR callout_next_call IS NULL OR callout_next_call >= '9999-01-01'
    OR callout_next_call <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
  AND (:#number IS NULL OR lastcall > :#lastcall OR lastcall = :#lastcall AND number > :#number
    OR :#lastcall IS NULL AND (lastcall IS NOT NULL OR number > :#number))
ORDER BY destination_list.lastcall /* number */
LIMIT :#limit
FOR UPDATE SKIP LOCKED
