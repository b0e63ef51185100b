-- One test call, as far as it has come. Of one that is not the latest to its number, only what attempts have is known.
SELECT t.call_uuid AS id, t.i_campaign, c.name AS campaign, t.number, t.i_campaign_phone, t.called_by, t.call_switch, t.call_gateway,
  t.caller_id,
  CONCAT(LEFT(DATE_FORMAT(t.requested, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS requested,
  CONCAT(LEFT(DATE_FORMAT(t.dialled, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS dialled,
  CONCAT(LEFT(DATE_FORMAT(t.ringing, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS ringing,
  CONCAT(LEFT(DATE_FORMAT(t.answered, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS answered,
  CONCAT(LEFT(DATE_FORMAT(t.ended, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS ended,
  t.heard_ms, t.status, t.hangup_cause, t.q850, t.sip_status, t.reason, t.digits, t.menu_answer, t.answered_by, t.amd_ms, t.hand_over,
  t.agent, t.waited_ms, t.talked_ms, t.abandoned, t.recording, r.result AS report, r.note AS report_note
FROM test_numbers AS t LEFT JOIN campaigns AS c ON c.i_campaign = t.i_campaign
  LEFT JOIN call_reports AS r ON r.call_uuid = t.call_uuid
WHERE t.call_uuid = :#call
UNION ALL
SELECT a.call_uuid, a.i_campaign, c.name, a.number, NULL, NULL, a.call_switch, a.call_gateway, a.caller_id,
  NULL,
  CONCAT(LEFT(DATE_FORMAT(a.setup_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z'),
  NULL,
  CONCAT(LEFT(DATE_FORMAT(a.connect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z'),
  CONCAT(LEFT(DATE_FORMAT(a.disconnect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z'),
  NULL, a.status, a.hangup_cause, a.q850, a.sip_status, NULL, a.digits, a.menu_answer, a.answered_by, a.amd_ms,
  a.hand_over, a.agent, a.waited_ms, a.talked_ms, a.abandoned, a.recording, r.result, r.note
FROM call_attempts AS a LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
  LEFT JOIN call_reports AS r ON r.call_uuid = a.call_uuid
WHERE a.call_uuid = :#call AND a.kind = 'test'
  AND NOT EXISTS (SELECT 1 FROM test_numbers AS t WHERE t.call_uuid = a.call_uuid)
