-- Reopens such numbers within a range of keys. They have all their attempts again, and keep what the last call was until the next one.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET finished = 0, call_count = 0, next_call = NULL
WHERE i_campaign_phone > :#after AND i_campaign_phone <= :#upTo
  AND i_campaign = :#campaign AND finished = 1 AND call_uuid IS NULL AND status IN (:#in:statuses)
  AND TRIM(cld) <> SPACE(0) AND IF(:#any, call_count > 0, hangup_cause IN (:#in:causes))
  AND COALESCE(hangup_cause, SPACE(0)) NOT IN ('DO_NOT_CALL', 'DUPLICATE', 'ERASED', 'WITHDRAWN')
