-- The outcomes of the attempts that ended within a time, by campaign, hour (UTC) and cause. Of one campaign, or of all if none is
-- given. A leg that was followed by another is no outcome of its own, and a test call is none of a campaign.
SELECT
  a.i_campaign, c.name AS campaign, DATE_FORMAT(a.disconnect_time, '%Y-%m-%dT%H:00:00Z') AS hour, a.status, a.hangup_cause AS cause,
  COUNT(*) AS attempts, SUM(a.connect_time IS NOT NULL) AS answered,
  COALESCE(SUM(TIMESTAMPDIFF(MICROSECOND, a.connect_time, a.disconnect_time)) DIV 1000000, 0) AS talk_seconds
FROM call_attempts AS a LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#since SECOND
  AND a.status <> 'next leg' AND a.kind IS NULL AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND
  AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
GROUP BY a.i_campaign, c.name, hour, a.status, a.hangup_cause
ORDER BY a.i_campaign, hour, a.status, a.hangup_cause
