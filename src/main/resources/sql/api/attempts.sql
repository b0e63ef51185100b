-- All attempts of a campaign, in the order of its numbers, each with what it shares with others; with the variables that its number
-- has now, if they are asked for and the number is in campaign_phones. Test calls are no attempts of a campaign.
SELECT
  -- part attempt
  a.call_uuid, a.i_campaign, a.i_campaign_phone, a.number, a.attempt,
  CONCAT(LEFT(DATE_FORMAT(a.setup_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(a.connect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(a.disconnect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time, a.status,
  a.hangup_cause, a.q850, a.sip_status, a.call_switch, a.retry_sec, a.charged, a.call_gateway, a.zone, a.caller_id, a.consent,
  a.leg, a.billed_sec, a.cost, DATE_FORMAT(a.bill_day, '%Y-%m-%d') AS bill_day, a.i_import,
  a.i_call_base, CONCAT(LEFT(DATE_FORMAT(b.run_started, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS run_started, b.started_by, b.revision,
  b.prompt, b.prompt_sha256, b.rules, b.rules_version, a.digits, a.menu_answer, a.answered_by, a.amd_ms,
  a.hand_over, a.agent, a.waited_ms, a.talked_ms, a.abandoned, a.recording, r.result AS report, r.note AS report_note
  -- end attempt
  , p.vars
FROM call_attempts AS a LEFT JOIN call_bases AS b ON b.i_call_base = a.i_call_base
  LEFT JOIN call_reports AS r ON r.call_uuid = a.call_uuid
  LEFT JOIN campaign_phones AS p ON :#vars AND p.i_campaign_phone = a.i_campaign_phone AND p.i_campaign = a.i_campaign
    AND NOT EXISTS (SELECT 1 FROM campaigns AS c WHERE c.i_campaign = a.i_campaign AND c.destination_list <> SPACE(0))
WHERE a.i_campaign = :#campaign AND a.kind IS NULL
ORDER BY a.i_campaign_phone, a.attempt, a.leg
