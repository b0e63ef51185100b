-- The attempts that ended within a time, of one campaign or of all, counted by how they ended, by what the report names (part), and,
-- in a report by times, by the quarter of an hour in which they were sent: all time zones begin their hours with one. Test calls are
-- no attempts. A leg that another one followed has the status 'next leg'.
SELECT
  CASE :#by
    WHEN 'cause' THEN a.hangup_cause
    WHEN 'attempt' THEN CAST(a.attempt AS CHAR)
    WHEN 'import' THEN CONCAT_WS(' ', a.i_import, i.file)
    WHEN 'gateway' THEN a.call_gateway
    WHEN 'campaign' THEN COALESCE(c.name, CONCAT('i_campaign ', a.i_campaign)) END AS part,
  IF(:#timed, TIMESTAMPDIFF(SECOND, TIMESTAMP'1970-01-01 00:00:00', COALESCE(a.setup_time, a.disconnect_time))
    DIV :#slot * :#slot, NULL) AS slot,
  IF(:#timed, c.timezone, NULL) AS campaign_zone, IF(:#timed AND :#callee, a.zone, NULL) AS callee_zone,
  a.status, a.hangup_cause, a.q850, a.sip_status, a.connect_time IS NOT NULL AS answered, a.answered_by, COUNT(*) AS attempts,
  COALESCE(SUM(TIMESTAMPDIFF(MICROSECOND, a.connect_time, a.disconnect_time)) DIV 1000000, 0) AS talk_sec, SUM(a.cost) AS cost,
  SUM(a.hand_over IS NOT NULL) AS handed_over, SUM(a.hand_over <=> 'answered') AS with_agent,
  COALESCE(SUM(IF(a.hand_over = 'answered', a.waited_ms, 0)), 0) AS waited_ms, COALESCE(SUM(a.abandoned), 0) AS abandoned
FROM call_attempts AS a
  LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
  LEFT JOIN imports AS i ON :#by = 'import' AND i.i_import = a.i_import
WHERE a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
  AND a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
  AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#to SECOND
GROUP BY part, slot, campaign_zone, callee_zone, a.status, a.hangup_cause, a.q850, a.sip_status, answered, a.answered_by
