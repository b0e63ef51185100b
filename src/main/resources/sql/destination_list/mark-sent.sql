-- Sets the sent mark, the last check before a call: charges those attempts of a batch that may still be made. A number that
-- somebody has restarted since the claim is not one of them.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    call_uuid VARCHAR(64) PATH '$.call',
    number VARCHAR(64) PATH '$.number',
    e164 VARCHAR(16) PATH '$.e164',
    earlier INT PATH '$.earlier',
    attempt INT PATH '$.attempt',
    sent DECIMAL(20,6) PATH '$.sent',
    call_switch VARCHAR(64) PATH '$.switch',
    core_uuid VARCHAR(64) PATH '$.core',
    expires DECIMAL(20,6) PATH '$.expires')) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
  STRAIGHT_JOIN campaigns AS c FORCE INDEX (PRIMARY) ON c.i_campaign = p.callout_campaign
SET p.lastresult = NULL, p.lastcall = FROM_UNIXTIME(j.sent), p.calls = j.attempt,
  p.callout_setup = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.sent SECOND, p.callout_connect = NULL,
  p.callout_switch = j.call_switch, p.callout_core_uuid = j.core_uuid,
  p.callout_expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.expires SECOND
WHERE p.callout_uuid = j.call_uuid AND p.callout_owner = :#owner AND p.in_use <> 0 AND p.callout_calls = j.earlier
  AND COALESCE(c.paused, 0) = 0
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
