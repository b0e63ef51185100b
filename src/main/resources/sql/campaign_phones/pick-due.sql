-- Due retries whose next_call somebody else wrote, in local time, from a given one on.
-- Ordered by the column: next_call alone would mean the selected value, and use no index.
-- Behind the last due retry, index entries of ended calls may wait to be removed, and a search passes over all of them to find that
-- nothing more is due. So the latest one is looked up first, from the other end: without one, the server reads nothing else.
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
  AND next_call <= (
    SELECT MAX(last.next_call) FROM campaign_phones AS last FORCE INDEX (callout_open)
    WHERE last.i_campaign = :#campaign AND last.finished = 0 AND last.call_uuid IS NULL AND last.callout_closed IS NULL
      AND last.callout_due IS NULL AND last.next_call <= FROM_UNIXTIME(:#now))
ORDER BY campaign_phones.next_call, priority, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
