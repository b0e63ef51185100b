-- The sums of report.sql by a text: the cause, the gateway, or the time zone that tells when in the day a quarter of an hour (slot) was.
SELECT
  CASE :#by
    WHEN 'cause' THEN a.hangup_cause
    WHEN 'gateway' THEN a.call_gateway
    ELSE IF(:#callee, a.zone, c.timezone) END AS part,
  IF(:#timed, TIMESTAMPDIFF(SECOND, TIMESTAMP'1970-01-01 00:00:00', COALESCE(a.setup_time, a.disconnect_time)) DIV :#slot, NULL) AS slot,
  -- include api/report sums
FROM call_attempts AS a
  LEFT JOIN campaigns AS c ON c.i_campaign = IF(:#timed AND NOT :#callee, a.i_campaign, NULL)
WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
  AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#to SECOND
  AND a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
GROUP BY part, slot, further_leg
ORDER BY NULL
