-- Fresh numbers after a row, in the order of the stored shuffle key.
-- Waits for no lock on the table: a claim may use it for the first time here, and others wait behind the claim.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT
  i_campaign_phone, cld, call_count, callerid, vars, duration, priority, shuffle, status,
  CAST(setup_time AS CHAR) AS setup_time, CAST(connect_time AS CHAR) AS connect_time,
  CAST(disconnect_time AS CHAR) AS disconnect_time, CAST(expires AS CHAR) AS expires, NULL AS next_call
  /* telephone */
FROM campaign_phones FORCE INDEX (callout_open_shuffle)
WHERE i_campaign = :#campaign AND finished = 0 AND call_uuid IS NULL AND callout_closed IS NULL
  AND next_call IS NULL
  AND (shuffle > :#sequence OR (shuffle = :#sequence AND i_campaign_phone > :#row))
ORDER BY shuffle, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
