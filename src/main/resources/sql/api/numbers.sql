-- A page of a campaign's numbers. The columns' local times are converted to UTC.
SELECT
  -- part number
  p.i_campaign_phone, p.i_campaign, p.cld, p.finished,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(p.expires, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS expires,
  CONCAT(LEFT(DATE_FORMAT(COALESCE(p.callout_due, CONVERT_TZ(p.next_call, @@time_zone, '+00:00')),
    '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS next_call,
  p.call_count,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(p.setup_time, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(p.connect_time, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(CONVERT_TZ(p.disconnect_time, @@time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')
    AS disconnect_time,
  COALESCE(p.status, 'idle') AS status, p.duration, p.callerid, p.priority, p.call_switch, p.hangup_cause, p.sip_status, p.digits,
  p.menu_answer, p.answered_by, p.amd_ms, p.vars, p.timezone, p.consent
  -- end number
FROM campaign_phones AS p
WHERE p.i_campaign = :#campaign AND p.i_campaign_phone > :#after
  AND (:#status IS NULL OR COALESCE(p.status, 'idle') = :#status) AND (:#cld IS NULL OR p.cld = :#cld)
  AND (:#cause IS NULL OR p.hangup_cause = :#cause)
ORDER BY p.i_campaign_phone
LIMIT :#limit
