-- Due retries from a next_call on, in the order of the column (next_call alone would mean the selected value: no index).
SELECT
  i_campaign_phone, cld, call_count, callerid, duration, priority, shuffle, status,
  UNIX_TIMESTAMP(setup_time) AS setup_time, UNIX_TIMESTAMP(connect_time) AS connect_time,
  UNIX_TIMESTAMP(disconnect_time) AS disconnect_time, UNIX_TIMESTAMP(expires) AS expires, UNIX_TIMESTAMP(next_call) AS next_call
FROM campaign_phones FORCE INDEX (callout_by_priority)
WHERE i_campaign = :#campaign AND finished = 0 AND call_uuid IS NULL
  AND next_call >= COALESCE(FROM_UNIXTIME(:#from), '0001-01-01 00:00:00') AND next_call <= FROM_UNIXTIME(:#now)
ORDER BY campaign_phones.next_call, priority, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
