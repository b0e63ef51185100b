-- Fresh numbers behind a row, by priority and insertion.
SELECT
  i_campaign_phone, cld, call_count, callerid, duration, priority, shuffle, status,
  UNIX_TIMESTAMP(setup_time) AS setup_time, UNIX_TIMESTAMP(connect_time) AS connect_time,
  UNIX_TIMESTAMP(disconnect_time) AS disconnect_time, UNIX_TIMESTAMP(expires) AS expires, UNIX_TIMESTAMP(next_call) AS next_call
FROM campaign_phones FORCE INDEX (callout_by_priority)
WHERE i_campaign = :#campaign AND finished = 0 AND call_uuid IS NULL AND next_call IS NULL
  AND (priority > :#sequence OR (priority = :#sequence AND i_campaign_phone > :#row))
ORDER BY priority, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
