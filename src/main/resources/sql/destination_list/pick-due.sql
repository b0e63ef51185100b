-- Retries that are due by callout_next_call, after a given one.
-- Waits for no lock on the table: a claim may use it for the first time here, and others wait behind the claim.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT
  callout_row AS i_campaign_phone, number AS cld, callout_calls AS call_count, callerid, vars, duration, 0 AS priority,
  callout_shuffle AS shuffle, lastresult AS status, NULL AS setup_time, NULL AS connect_time,
  CAST(lastcall AS CHAR) AS disconnect_time, NULL AS expires,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_due) * 0.000001 AS next_call
  /* telephone */
FROM destination_list FORCE INDEX (callout_by_due)
WHERE (callout_due > COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND, '0001-01-01 00:00:00')
    OR callout_due = COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND, '0001-01-01 00:00:00')
      AND callout_row > :#dueRow)
  AND callout_due <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND
ORDER BY callout_due, callout_row
LIMIT :#limit
FOR UPDATE SKIP LOCKED
