-- How many numbers a campaign has finished with without reaching them, by status and cause, and between which keys they are.
SELECT status, hangup_cause, COUNT(*) AS numbers, MIN(i_campaign_phone) AS first, MAX(i_campaign_phone) AS last
FROM campaign_phones
WHERE i_campaign = :#campaign AND finished = 1 AND call_uuid IS NULL AND status IN (:#in:statuses)
  AND TRIM(cld) <> SPACE(0) AND IF(:#any, call_count > 0, hangup_cause IN (:#in:causes))
  AND COALESCE(hangup_cause, SPACE(0)) NOT IN ('DO_NOT_CALL', 'DUPLICATE', 'ERASED', 'WITHDRAWN')
GROUP BY status, hangup_cause
ORDER BY numbers DESC, status, hangup_cause
LIMIT 1000
