-- Deletes a thousand reports of agents and bots that are older than the retention of attempts allows.
DELETE FROM call_reports
WHERE reported_at < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND - INTERVAL :#days DAY
  AND (:#campaign IS NULL OR i_campaign = :#campaign)
LIMIT 1000
