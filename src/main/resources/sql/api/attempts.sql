-- All attempts of a campaign, in the order of its numbers.
SELECT
  call_uuid, i_campaign, i_campaign_phone, number, attempt,
  CONCAT(LEFT(DATE_FORMAT(setup_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(connect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(disconnect_time, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time, status, hangup_cause,
  q850, sip_status, call_switch, retry_sec, charged, call_gateway
FROM call_attempts
WHERE i_campaign = :#campaign
ORDER BY i_campaign_phone, attempt
