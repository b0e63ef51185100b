-- Sets the sent mark, the last check before a call: charges those attempts of a batch that may still be made.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    call_uuid VARCHAR(64) PATH '$.call',
    number VARCHAR(64) PATH '$.number',
    e164 VARCHAR(16) PATH '$.e164',
    attempt INT PATH '$.attempt',
    sent DECIMAL(20,6) PATH '$.sent',
    call_switch VARCHAR(64) PATH '$.switch',
    core_uuid VARCHAR(64) PATH '$.core',
    gateway VARCHAR(130) PATH '$.gateway',
    expires DECIMAL(20,6) PATH '$.expires')) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
  STRAIGHT_JOIN campaigns AS c FORCE INDEX (PRIMARY) ON c.i_campaign = p.i_campaign
SET p.setup_time = FROM_UNIXTIME(j.sent), p.connect_time = NULL, p.disconnect_time = NULL, p.call_count = j.attempt,
  p.call_switch = j.call_switch, p.core_uuid = j.core_uuid, p.callout_gateway = j.gateway,
  p.expires = FROM_UNIXTIME(j.expires), p.callout_expires_local = FROM_UNIXTIME(j.expires),
  p.callout_expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.expires SECOND,
  p.callout_setup = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.sent SECOND, p.callout_connect = NULL
WHERE p.call_uuid = j.call_uuid AND p.owner = :#owner AND COALESCE(c.paused, 0) = 0
  AND (c.emergency REGEXP '[^[:space:]]' OR NOT EXISTS (
      SELECT 1 FROM do_not_call AS d FORCE INDEX (callout_dialled)
      WHERE d.dialled = LOWER(j.number)
        AND (d.expires IS NULL OR d.expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.sent SECOND))
    AND (j.e164 IS NULL OR NOT EXISTS (
      SELECT 1 FROM do_not_call AS d FORCE INDEX (callout_e164)
      WHERE d.e164 = CONVERT(j.e164 USING ascii) COLLATE ascii_bin
        AND (d.expires IS NULL OR d.expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.sent SECOND))
      AND NOT EXISTS (
      SELECT 1 FROM do_not_call_entries AS d FORCE INDEX (callout_e164)
      WHERE d.e164 = CONVERT(j.e164 USING ascii) COLLATE ascii_bin
        AND d.i_do_not_call_list IN (
          SELECT l.i_do_not_call_list FROM do_not_call_lists AS l
          WHERE FIND_IN_SET(l.name, REGEXP_REPLACE(c.do_not_call_lists, '[,[:space:]]+', ',')))
        AND (d.expires IS NULL OR d.expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.sent SECOND))))
