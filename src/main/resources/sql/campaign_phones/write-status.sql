-- Writes the answers and ends of a batch of calls that still belong to their owners. An ended call is no longer in progress,
-- and its owner counts that in campaign_lines, whose row is written once, whatever the number of its calls. The server locks the
-- rows that it counts, also in READ COMMITTED, as this updates several tables: what is counted is what is written.
-- Servers refuse local times after 2038, so next_call is never later. Our own column, callout_next_call, decides.
-- A number that could not be dialled was never set up. It keeps the times of its last attempt.
-- A call that an operator or a stopping switch ended is not charged, unless its number already has as many of them as are
-- allowed (spent).
-- Waits for a lock for as many seconds as the parameter says, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
UPDATE (
    SELECT d.*, SUM(d.ended AND d.nth = 1) OVER (PARTITION BY d.i_campaign, d.owner) AS lines_ended
    FROM (SELECT c.*, o.i_campaign,
      ROW_NUMBER() OVER (PARTITION BY c.call_uuid, c.owner ORDER BY c.ended DESC) AS nth
    FROM (SELECT b.*, b.most IS NOT NULL
        AND COALESCE((SELECT a.charged FROM call_attempts AS a WHERE a.call_uuid = b.call_uuid), 0) AS spent
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
      id BIGINT PATH '$.id',
      call_uuid VARCHAR(64) PATH '$.call',
      owner VARCHAR(64) PATH '$.owner',
      call_count INT PATH '$.count',
      status VARCHAR(32) PATH '$.status',
      finished INT PATH '$.finished',
      next_call DECIMAL(20,6) PATH '$.next_call',
      setup_time DECIMAL(20,6) PATH '$.setup',
      connect_time DECIMAL(20,6) PATH '$.connect',
      disconnect_time DECIMAL(20,6) PATH '$.disconnect',
      cause TEXT PATH '$.cause',
      sip INT PATH '$.sip',
      digits VARCHAR(64) PATH '$.digits',
      menu_answer VARCHAR(32) PATH '$.menu_answer',
      answered_by VARCHAR(16) PATH '$.answered_by',
      amd_ms INT PATH '$.amd_ms',
      call_switch VARCHAR(64) PATH '$.switch',
      ended BOOLEAN PATH '$.ended',
      most INT PATH '$.if_spent.most',
      spent_count INT PATH '$.if_spent.count',
      spent_finished INT PATH '$.if_spent.finished',
      spent_next_call DECIMAL(20,6) PATH '$.if_spent.next_call')) AS b) AS c
      STRAIGHT_JOIN campaign_phones AS o FORCE INDEX (PRIMARY)
        ON o.i_campaign_phone = c.id AND o.call_uuid = c.call_uuid AND o.owner = c.owner) AS d) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
  LEFT JOIN campaign_lines AS l FORCE INDEX (PRIMARY)
    ON j.lines_ended > 0 AND l.i_campaign = j.i_campaign AND l.list = '' AND l.owner = j.owner
SET p.status = j.status,
  p.connect_time = IF(j.setup_time IS NULL, p.connect_time, FROM_UNIXTIME(j.connect_time)),
  p.callout_connect = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.connect_time SECOND,
  p.finished = IF(j.ended, IF(j.spent, j.spent_finished, j.finished), p.finished),
  p.next_call = IF(j.ended, FROM_UNIXTIME(LEAST(IF(j.spent, j.spent_next_call, j.next_call), 2147483647)), p.next_call),
  p.callout_next_local = IF(j.ended, FROM_UNIXTIME(LEAST(IF(j.spent, j.spent_next_call, j.next_call), 2147483647)),
    p.callout_next_local),
  p.callout_next_call = IF(j.ended,
    TIMESTAMP'1970-01-01 00:00:00' + INTERVAL IF(j.spent, j.spent_next_call, j.next_call) SECOND, p.callout_next_call),
  p.call_count = IF(j.ended, IF(j.spent, j.spent_count, j.call_count), p.call_count),
  p.setup_time = IF(j.ended AND j.setup_time IS NOT NULL, FROM_UNIXTIME(j.setup_time), p.setup_time),
  p.disconnect_time = IF(j.ended AND j.setup_time IS NOT NULL, FROM_UNIXTIME(j.disconnect_time), p.disconnect_time),
  p.hangup_cause = IF(j.ended, LEFT(j.cause, 255), p.hangup_cause),
  p.sip_status = IF(j.ended, j.sip, p.sip_status),
  p.digits = IF(j.ended, j.digits, p.digits),
  p.menu_answer = IF(j.ended, j.menu_answer, p.menu_answer),
  p.answered_by = IF(j.ended, j.answered_by, p.answered_by),
  p.amd_ms = IF(j.ended, j.amd_ms, p.amd_ms),
  p.call_switch = IF(j.ended, j.call_switch, p.call_switch),
  p.callout_gateway = IF(j.ended, NULL, p.callout_gateway),
  p.expires = IF(j.ended, COALESCE(FROM_UNIXTIME(j.disconnect_time), p.expires), p.expires),
  p.owner = IF(j.ended, NULL, p.owner),
  p.call_uuid = IF(j.ended, NULL, p.call_uuid),
  l.ended = l.ended + j.lines_ended
WHERE j.nth = 1 AND p.call_uuid = j.call_uuid AND p.owner = j.owner
