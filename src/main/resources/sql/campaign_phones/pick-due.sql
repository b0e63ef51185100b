-- Due retries whose next_call somebody else wrote, in local time, from a given one on.
-- Ordered by the column: next_call alone would mean the selected value, and use no index.
-- Waits for no lock on the table: a claim may use it for the first time here, and others wait behind the claim.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT
  i_campaign_phone, cld, call_count, callerid, vars, duration, priority, shuffle, status,
  CAST(setup_time AS CHAR) AS setup_time, CAST(connect_time AS CHAR) AS connect_time,
  CAST(disconnect_time AS CHAR) AS disconnect_time, CAST(expires AS CHAR) AS expires, UNIX_TIMESTAMP(next_call) AS next_call
  /* telephone */
FROM campaign_phones FORCE INDEX (callout_open)
WHERE i_campaign = :#campaign AND finished = 0 AND call_uuid IS NULL AND callout_closed IS NULL
  AND callout_due IS NULL
  AND next_call >= COALESCE(FROM_UNIXTIME(:#from), '0001-01-01 00:00:00') AND next_call <= FROM_UNIXTIME(:#now)
ORDER BY campaign_phones.next_call, priority, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
