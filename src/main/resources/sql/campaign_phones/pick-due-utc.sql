-- Due retries whose next_call Callout wrote, from a given one on. Looks up the latest one first, as pick-due.sql does.
SELECT
  i_campaign_phone, cld, call_count, callerid, vars, duration, priority, shuffle, status,
  CAST(setup_time AS CHAR) AS setup_time, CAST(connect_time AS CHAR) AS connect_time,
  CAST(disconnect_time AS CHAR) AS disconnect_time, CAST(expires AS CHAR) AS expires,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_due) * 0.000001 AS next_call
  /* telephone */
FROM campaign_phones FORCE INDEX (callout_open)
WHERE i_campaign = :#campaign AND finished = 0 AND call_uuid IS NULL AND callout_closed IS NULL
  AND callout_due >= COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND, '0001-01-01 00:00:00')
  AND callout_due <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND
  AND callout_due <= (
    SELECT MAX(last.callout_due) FROM campaign_phones AS last FORCE INDEX (callout_open)
    WHERE last.i_campaign = :#campaign AND last.finished = 0 AND last.call_uuid IS NULL AND last.callout_closed IS NULL
      AND last.callout_due <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
ORDER BY callout_due, campaign_phones.next_call, priority, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
