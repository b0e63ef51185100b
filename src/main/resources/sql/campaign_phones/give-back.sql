-- Gives numbers of a batch back, uncharged, with the state they had before the claim.
-- Waits for no lock: others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    call_uuid VARCHAR(64) PATH '$.call',
    call_count INT PATH '$.count',
    status VARCHAR(32) PATH '$.status',
    setup_time DECIMAL(20,6) PATH '$.setup',
    connect_time DECIMAL(20,6) PATH '$.connect',
    disconnect_time DECIMAL(20,6) PATH '$.disconnect',
    expires DECIMAL(20,6) PATH '$.expires',
    next_call DECIMAL(20,6) PATH '$.next_call')) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
SET p.status = j.status, p.call_count = j.call_count, p.setup_time = FROM_UNIXTIME(j.setup_time),
  p.connect_time = FROM_UNIXTIME(j.connect_time), p.disconnect_time = FROM_UNIXTIME(j.disconnect_time),
  p.expires = FROM_UNIXTIME(j.expires), p.next_call = FROM_UNIXTIME(j.next_call),
  p.call_uuid = NULL, p.owner = NULL, p.call_switch = NULL, p.core_uuid = NULL
WHERE p.call_uuid = j.call_uuid AND p.owner = :#owner
