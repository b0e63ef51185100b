-- Marks the bills of a batch as counted.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (
    call_uuid VARCHAR(64) PATH '$.call',
    bill_day DATE PATH '$.bill_day')) AS j
  STRAIGHT_JOIN call_attempts AS a FORCE INDEX (PRIMARY) ON a.call_uuid = j.call_uuid
SET a.bill_day = j.bill_day
WHERE j.bill_day IS NOT NULL AND a.bill_day IS NULL AND a.billed_sec > 0
