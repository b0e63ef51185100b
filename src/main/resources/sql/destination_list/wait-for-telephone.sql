-- Puts off numbers whose telephones are in a call.
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (id BIGINT PATH '$.id', next_call DECIMAL(20,6) PATH '$.next_call')) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
SET p.in_use = 0, p.callout_next_calls = p.callout_calls, p.callout_next_lastcall = p.lastcall,
  p.callout_next_call = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.next_call SECOND
