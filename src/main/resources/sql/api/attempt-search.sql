-- The attempts that ended before one and not before another one, back in time, of one campaign or of all, by status, by cause, and by
-- digits that are in this order in the number; each with what it shares with others, and with the country of its campaign. Test calls
-- are no attempts. In some values of sql_mode an empty string is NULL, so it is written otherwise.
SELECT
  a.call_uuid, a.i_campaign, a.i_campaign_phone, a.number, a.attempt,
  CONCAT(LEFT(DATE_FORMAT(a.setup_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(a.connect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(a.disconnect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time, a.status,
  a.hangup_cause, a.q850, a.sip_status, a.call_switch, a.retry_sec, a.charged, a.call_gateway, a.zone, a.caller_id, a.consent,
  a.leg, a.billed_sec, a.cost, DATE_FORMAT(a.bill_day, '%Y-%m-%d') AS bill_day, a.i_import,
  a.i_call_base, CONCAT(LEFT(DATE_FORMAT(b.run_started, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS run_started, b.started_by, b.revision,
  b.prompt, b.prompt_sha256, b.rules, b.rules_version, a.digits, a.menu_answer, a.answered_by, a.amd_ms,
  a.hand_over, a.agent, a.waited_ms, a.talked_ms, a.abandoned, a.recording, r.result AS report, r.note AS report_note,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', a.disconnect_time) DIV 1000 AS ended_ms, c.country
FROM call_attempts AS a LEFT JOIN call_bases AS b ON b.i_call_base = a.i_call_base
  LEFT JOIN call_reports AS r ON r.call_uuid = a.call_uuid
  LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#since SECOND
  AND a.disconnect_time <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND
  AND (a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND OR a.call_uuid < :#call)
  AND a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#last_ended SECOND
  AND (a.disconnect_time > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#last_ended SECOND OR a.call_uuid >= :#last_call)
  AND a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
  AND (:#status IS NULL OR a.status = :#status) AND (:#cause IS NULL OR a.hangup_cause = :#cause)
  AND (:#digits IS NULL OR REGEXP_REPLACE(a.number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%'))
ORDER BY a.disconnect_time DESC, a.call_uuid DESC
LIMIT :#limit
