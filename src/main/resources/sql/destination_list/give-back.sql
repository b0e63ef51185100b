-- Gives numbers of a batch back, uncharged. What somebody has written since the sent mark stays.
-- A value that a column cannot hold is cut (no sql_mode is strict). A value that a constraint forbids is an error.
-- Also takes them out of the claimed ones in campaign_lines, as claims do it under the lock of the campaign's row. That row is
-- written once, whatever the number of its calls.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0, sql_mode = '' FOR
UPDATE (
    SELECT b.*, o.callout_campaign AS i_campaign, COUNT(*) OVER (PARTITION BY o.callout_campaign) AS numbers
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
        id BIGINT PATH '$.id',
        call_uuid VARCHAR(64) PATH '$.call',
        attempt INT PATH '$.attempt',
        calls INT PATH '$.count',
        status TEXT PATH '$.status',
        lastcall DATETIME(6) PATH '$.disconnect',
        next_call DECIMAL(20,6) PATH '$.next_call')) AS b
      STRAIGHT_JOIN destination_list AS o FORCE INDEX (callout_row)
        ON o.callout_row = b.id AND o.callout_uuid = b.call_uuid AND o.callout_owner = :#owner) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
  LEFT JOIN campaign_lines AS l FORCE INDEX (PRIMARY)
    ON l.i_campaign = j.i_campaign AND l.list = 'destination_list' AND l.owner = ''
SET p.callout_next_call = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.next_call SECOND,
  p.callout_next_calls = j.calls,
  p.callout_next_lastcall = IF(p.callout_switch IS NULL, p.lastcall, j.lastcall),
  p.lastresult = IF(p.callout_switch IS NULL OR p.callout_calls <> j.attempt, p.lastresult, j.status),
  p.lastcall = IF(p.callout_switch IS NULL OR p.callout_calls <> j.attempt, p.lastcall, j.lastcall),
  p.calls = IF(p.callout_switch IS NULL OR p.callout_calls <> j.attempt, p.calls, j.calls),
  p.in_use = 0, p.callout_campaign = NULL, p.callout_uuid = NULL, p.callout_owner = NULL, p.callout_switch = NULL,
  p.callout_core_uuid = NULL, l.claimed = l.claimed - j.numbers
WHERE p.callout_uuid = j.call_uuid AND p.callout_owner = :#owner
