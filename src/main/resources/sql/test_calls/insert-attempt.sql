-- Keeps a test call that was made among the attempts, apart from those of its campaign.
INSERT IGNORE INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time, connect_time,
  disconnect_time, status, hangup_cause, q850, sip_status, call_switch, call_gateway, caller_id, charged, kind, digits, menu_answer,
  answered_by, amd_ms, hand_over, agent, waited_ms, talked_ms, abandoned, recording)
SELECT call_uuid, i_campaign, 0, number, 0, dialled, answered, ended, status, hangup_cause, q850, sip_status, call_switch,
  call_gateway, caller_id, 0, 'test', digits, menu_answer, answered_by, amd_ms,
  hand_over, agent, waited_ms, talked_ms, abandoned, recording
FROM test_numbers
WHERE call_uuid = :#call AND dialled IS NOT NULL AND ended IS NOT NULL
