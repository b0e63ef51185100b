-- Writes the answers and ends of a batch of calls that still belong to their owners. An ended call is no longer in progress,
-- and its owner counts that in campaign_lines, whose row is written once, whatever the number of its calls. The server locks the
-- rows that it counts, also in READ COMMITTED, as this updates several tables: what is counted is what is written.
-- calls is not written again after the sent mark, so that a restart by hand during the call stays valid. A number that was never
-- set up keeps its lastcall. A number that is never called again, although it has attempts left or its campaign never ends, waits
-- for the year 9999. A number that begins again (its call_count is 0) is called again by lastcall.
-- A call that an operator or a stopping switch ended is not charged, unless its number already has as many of them as are
-- allowed (spent).
-- A value that a column cannot hold is cut (no sql_mode is strict). A value that a constraint forbids is an error.
-- Waits for a lock for as many seconds as the parameter says, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0, sql_mode = '' FOR
UPDATE (
    SELECT d.*, SUM(d.ended AND d.nth = 1) OVER (PARTITION BY d.i_campaign, d.owner) AS lines_ended
    FROM (SELECT c.*, o.callout_campaign AS i_campaign,
      ROW_NUMBER() OVER (PARTITION BY c.call_uuid, c.owner ORDER BY c.ended DESC) AS nth,
      c.most IS NOT NULL AND NOT c.spent AS uncharged
    FROM (SELECT b.*, b.most IS NOT NULL
        AND COALESCE((SELECT a.charged FROM call_attempts AS a WHERE a.call_uuid = b.call_uuid), 0) AS spent
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
      id BIGINT PATH '$.id',
      call_uuid VARCHAR(64) PATH '$.call',
      owner VARCHAR(64) PATH '$.owner',
      attempt INT PATH '$.attempt',
      call_count INT PATH '$.count',
      status VARCHAR(32) PATH '$.status',
      finished INT PATH '$.finished',
      never BOOLEAN PATH '$.never',
      next_call DECIMAL(20,6) PATH '$.next_call',
      setup_time DECIMAL(20,6) PATH '$.setup',
      connect_time DECIMAL(20,6) PATH '$.connect',
      disconnect_time DECIMAL(20,6) PATH '$.disconnect',
      cause TEXT PATH '$.cause',
      ended BOOLEAN PATH '$.ended',
      most INT PATH '$.if_spent.most',
      spent_count INT PATH '$.if_spent.count',
      spent_finished INT PATH '$.if_spent.finished',
      spent_never BOOLEAN PATH '$.if_spent.never',
      spent_next_call DECIMAL(20,6) PATH '$.if_spent.next_call')) AS b) AS c
      STRAIGHT_JOIN destination_list AS o FORCE INDEX (callout_row)
        ON o.callout_row = c.id AND o.callout_uuid = c.call_uuid AND o.callout_owner = c.owner) AS d) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
  LEFT JOIN campaign_lines AS l FORCE INDEX (PRIMARY)
    ON j.lines_ended > 0 AND l.i_campaign = j.i_campaign AND l.list = 'destination_list' AND l.owner = j.owner
SET p.callout_connect = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.connect_time SECOND,
  p.callout_next_call = IF(NOT j.ended, p.callout_next_call,
    IF(NOT IF(j.spent, j.spent_finished, j.finished),
      IF(IF(j.spent, j.spent_count, j.call_count) = 0 AND NOT j.uncharged, NULL,
        TIMESTAMP'1970-01-01 00:00:00' + INTERVAL IF(j.spent, j.spent_next_call, j.next_call) SECOND),
      IF(IF(j.spent, j.spent_never, j.never), '9999-12-31', NULL))),
  p.callout_next_calls = IF(j.ended, IF(j.uncharged, j.call_count, j.attempt), p.callout_next_calls),
  p.callout_next_lastcall = IF(NOT j.ended, p.callout_next_lastcall,
    IF(j.setup_time IS NULL, p.lastcall, COALESCE(FROM_UNIXTIME(j.disconnect_time), p.lastcall))),
  p.callout_last_utc = IF(j.ended AND j.setup_time IS NOT NULL AND j.disconnect_time IS NOT NULL,
    TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.disconnect_time SECOND, p.callout_last_utc),
  p.callout_last_local = IF(j.ended AND j.setup_time IS NOT NULL AND j.disconnect_time IS NOT NULL,
    FROM_UNIXTIME(j.disconnect_time), p.callout_last_local),
  p.lastresult = IF(j.ended, IF(j.status = 'failure', COALESCE(j.cause, j.status), j.status), p.lastresult),
  p.lastcall = IF(j.ended AND j.setup_time IS NOT NULL, COALESCE(FROM_UNIXTIME(j.disconnect_time), p.lastcall), p.lastcall),
  p.calls = IF(NOT j.ended, p.calls,
    IF(j.uncharged, IF(p.callout_calls = j.attempt, j.call_count, p.calls),
      IF(p.callout_switch IS NULL AND p.callout_calls < j.attempt, j.attempt, p.calls))),
  p.in_use = IF(j.ended, 0, p.in_use),
  p.callout_campaign = IF(j.ended, NULL, p.callout_campaign),
  p.callout_owner = IF(j.ended, NULL, p.callout_owner),
  p.callout_uuid = IF(j.ended, NULL, p.callout_uuid),
  l.ended = l.ended + j.lines_ended
WHERE j.nth = 1 AND p.callout_uuid = j.call_uuid AND p.callout_owner = j.owner
