-- Numbers of one state and count of calls whose last call Callout wrote, and which is long enough ago.
SELECT
  callout_row AS i_campaign_phone, number AS cld, callout_calls AS call_count, callerid, vars, duration, 0 AS priority,
  callout_shuffle AS shuffle, lastresult AS status, NULL AS setup_time, NULL AS connect_time,
  CAST(lastcall AS CHAR) AS disconnect_time, NULL AS expires, NULL AS next_call
  /* telephone */
FROM destination_list FORCE INDEX (callout_by_calls)
WHERE callout_called_state = :#state AND callout_calls = :#calls
  AND callout_called_at <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#before SECOND
ORDER BY callout_called_at
LIMIT :#limit
FOR UPDATE SKIP LOCKED
