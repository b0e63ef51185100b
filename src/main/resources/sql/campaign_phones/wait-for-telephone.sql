-- Puts off numbers whose telephones are in a call.
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (id BIGINT PATH '$.id', next_call DECIMAL(20,6) PATH '$.next_call')) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
SET p.next_call = FROM_UNIXTIME(LEAST(j.next_call, 2147483647)),
  p.callout_next_local = FROM_UNIXTIME(LEAST(j.next_call, 2147483647)),
  p.callout_next_call = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.next_call SECOND
