-- One number.
SELECT
  i_campaign_phone, i_campaign, cld, finished,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(expires, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS expires,
  CONCAT(LEFT(DATE_FORMAT(COALESCE(callout_due, CONVERT_TZ(next_call, @@time_zone, '+00:00')),
    '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS next_call,
  call_count,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(setup_time, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(connect_time, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(disconnect_time, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time,
  COALESCE(status, 'idle') AS status, duration, callerid, priority, call_switch, hangup_cause, sip_status, digits, menu_answer,
  answered_by, amd_ms, vars, timezone, consent
FROM campaign_phones
WHERE i_campaign = :#campaign AND i_campaign_phone = :#key
