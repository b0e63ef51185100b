-- Deletes a thousand attempts that are older than the retention allows, of one campaign, or of all if none is given.
DELETE FROM call_attempts
WHERE disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND - INTERVAL :#days DAY
  AND (:#campaign IS NULL OR i_campaign = :#campaign)
LIMIT 1000
