-- Counts the calls of a day that no owner has counted: they ended before nodes knew of a limit.
SET STATEMENT lock_wait_timeout = 0 FOR
INSERT INTO campaign_days (i_campaign, day, owner, billed_sec, cost, made_at)
SELECT :#campaign, :#day, '', COALESCE(SUM(a.billed_sec), 0), COALESCE(SUM(a.cost), 0), UTC_TIMESTAMP(3)
FROM call_attempts AS a FORCE INDEX (callout_ended)
WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
  AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#until SECOND
  AND a.i_campaign = :#campaign AND a.bill_day IS NULL AND a.billed_sec > 0
  AND a.kind IS NULL
ON DUPLICATE KEY UPDATE campaign_days.billed_sec = VALUES(billed_sec), campaign_days.cost = VALUES(cost)
