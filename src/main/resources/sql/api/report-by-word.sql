-- The sums of report.sql by a text: the cause, the gateway, or the time zone that tells when in the day a quarter of an hour (slot) was.
SELECT
  CASE :#by
    WHEN 'cause' THEN a.hangup_cause
    WHEN 'gateway' THEN a.call_gateway
    ELSE IF(:#callee, a.zone, c.timezone) END AS part,
  IF(:#timed, TIMESTAMPDIFF(SECOND, TIMESTAMP'1970-01-01 00:00:00', COALESCE(a.setup_time, a.disconnect_time)) DIV :#slot, NULL) AS slot,
  a.status = 'next leg' AS further_leg,
  COUNT(*) AS attempts,
  COUNT(CASE
    WHEN a.connect_time IS NOT NULL THEN 1
    WHEN a.hangup_cause IN (:#lost, :#in:on_the_way) THEN NULL
    WHEN a.hangup_cause IN (:#in:at_the_callee) THEN 1
    WHEN a.hangup_cause = :#cancelled THEN a.sip_status
    WHEN a.hangup_cause = :#rejected THEN IF(a.sip_status IN (:#in:rejected_by_carrier), NULL, 1)
    WHEN a.sip_status IN (:#in:sip_on_the_way) THEN NULL
    WHEN a.sip_status IN (:#in:sip_at_the_callee) THEN 1
    WHEN a.q850 IN (:#in:q850_on_the_way) THEN NULL
    ELSE 1 END) AS went_out,
  COUNT(a.connect_time) AS answered, COUNT(IF(a.answered_by = 'human', 1, NULL)) AS human,
  COUNT(IF(a.answered_by = 'machine', 1, NULL)) AS machine, COUNT(IF(a.status = 'success', 1, NULL)) AS success,
  SUM(TIMESTAMPDIFF(MICROSECOND, a.connect_time, a.disconnect_time)) AS talk_micros, SUM(a.cost) AS cost,
  COUNT(a.hand_over) AS handed_over, COUNT(IF(a.hand_over = 'answered', 1, NULL)) AS with_agent,
  SUM(IF(a.hand_over = 'answered', a.waited_ms, NULL)) AS waited_ms, COUNT(NULLIF(a.abandoned, 0)) AS abandoned
FROM call_attempts AS a
  LEFT JOIN campaigns AS c ON c.i_campaign = IF(:#timed AND NOT :#callee, a.i_campaign, NULL)
WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
  AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#to SECOND
  AND a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
GROUP BY part, slot, further_leg
ORDER BY NULL
