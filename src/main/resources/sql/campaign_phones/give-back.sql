-- Gives numbers of a batch back, uncharged, in their state before the claim. Local times are written as they were read.
-- next_call stays unchanged if nothing else was decided.
-- Also takes them out of the claimed ones in campaign_lines, as claims do it under the lock of the campaign's row. That row is
-- written once, whatever the number of its calls.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE (
    SELECT b.*, o.i_campaign, COUNT(*) OVER (PARTITION BY o.i_campaign) AS numbers
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
        id BIGINT PATH '$.id',
        call_uuid VARCHAR(64) PATH '$.call',
        call_count INT PATH '$.count',
        status VARCHAR(32) PATH '$.status',
        setup_time DATETIME(6) PATH '$.setup',
        connect_time DATETIME(6) PATH '$.connect',
        disconnect_time DATETIME(6) PATH '$.disconnect',
        expires DATETIME(6) PATH '$.expires',
        put_off BOOLEAN PATH '$.put_off',
        next_call DECIMAL(20,6) PATH '$.next_call')) AS b
      STRAIGHT_JOIN campaign_phones AS o FORCE INDEX (PRIMARY)
        ON o.i_campaign_phone = b.id AND o.call_uuid = b.call_uuid AND o.owner = :#owner) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
  LEFT JOIN campaign_lines AS l FORCE INDEX (PRIMARY)
    ON l.i_campaign = j.i_campaign AND l.list = '' AND l.owner = ''
SET p.status = j.status, p.call_count = j.call_count, p.setup_time = j.setup_time, p.connect_time = j.connect_time,
  p.disconnect_time = j.disconnect_time, p.expires = j.expires,
  p.next_call = IF(j.put_off, FROM_UNIXTIME(LEAST(j.next_call, 2147483647)), p.next_call),
  p.callout_next_local = IF(j.put_off, FROM_UNIXTIME(LEAST(j.next_call, 2147483647)), p.callout_next_local),
  p.callout_next_call = IF(j.put_off, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.next_call SECOND, p.callout_next_call),
  p.call_uuid = NULL, p.owner = NULL, p.call_switch = NULL, p.core_uuid = NULL,
  p.callout_gateway = NULL, l.claimed = l.claimed - j.numbers
WHERE p.call_uuid = j.call_uuid AND p.owner = :#owner
