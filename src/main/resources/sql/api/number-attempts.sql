-- The attempts of one number, each leg a row. Test calls are none.
SELECT
  call_uuid, i_campaign, i_campaign_phone, number, attempt, leg,
  CONCAT(LEFT(DATE_FORMAT(setup_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(connect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(disconnect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time,
  status, hangup_cause, sip_status, call_switch, call_gateway, caller_id, charged, digits, menu_answer
FROM call_attempts FORCE INDEX (callout_number)
WHERE i_campaign = :#campaign AND i_campaign_phone = :#key AND kind IS NULL
ORDER BY setup_time, attempt, leg
LIMIT 1000
