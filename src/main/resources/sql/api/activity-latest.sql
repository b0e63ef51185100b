-- The attempts that ended last: of all campaigns, or those of one that are among the latest of all.
SELECT
  a.call_uuid, a.i_campaign, a.number, a.attempt,
  CONCAT(LEFT(DATE_FORMAT(a.setup_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(a.connect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(a.disconnect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time,
  a.status, a.hangup_cause, a.sip_status, a.digits, a.menu_answer, a.answered_by, a.amd_ms, a.hand_over, a.agent, a.call_switch, a.call_gateway
FROM (SELECT call_uuid, disconnect_time FROM call_attempts FORCE INDEX (callout_ended) WHERE disconnect_time IS NOT NULL
    ORDER BY disconnect_time DESC LIMIT :#among) AS l
  JOIN call_attempts AS a ON a.call_uuid = l.call_uuid AND a.disconnect_time = l.disconnect_time
WHERE a.kind IS NULL AND a.status <> 'next leg' AND (:#campaign = 0 OR a.i_campaign = :#campaign)
ORDER BY a.disconnect_time DESC
LIMIT 20
