-- Fresh numbers after a row, in the order of their insertion.
-- Waits for no lock on the table: a claim may use it for the first time here, and others wait behind the claim.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT
  callout_row AS i_campaign_phone, number AS cld, callout_calls AS call_count, callerid, vars, duration, 0 AS priority,
  callout_shuffle AS shuffle, lastresult AS status, NULL AS setup_time, NULL AS connect_time,
  CAST(lastcall AS CHAR) AS disconnect_time, NULL AS expires, NULL AS next_call
  /* telephone */
FROM destination_list FORCE INDEX (callout_sequential)
WHERE callout_state = 0 AND callout_row > :#row
ORDER BY callout_row
LIMIT :#limit
FOR UPDATE SKIP LOCKED
