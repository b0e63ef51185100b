-- Calls that a lost owner may have made, and how they ended if the owner has recorded it. Rows of an older node have only local
-- times.
SELECT
  p.i_campaign_phone, p.i_campaign, p.cld, p.call_uuid, p.call_count, p.call_switch, p.callout_gateway AS call_gateway,
  IF(TIMESTAMPDIFF(SECOND, p.expires, p.callout_expires_local) = 0 AND p.callout_setup IS NOT NULL,
    TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_setup) * 0.000001,
    UNIX_TIMESTAMP(p.setup_time)) AS setup_time,
  IF(TIMESTAMPDIFF(SECOND, p.expires, p.callout_expires_local) = 0 AND p.callout_connect IS NOT NULL,
    TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_connect) * 0.000001,
    UNIX_TIMESTAMP(p.connect_time)) AS connect_time,
  IF(TIMESTAMPDIFF(SECOND, p.expires, p.callout_expires_local) = 0,
    TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_expires) * 0.000001,
    UNIX_TIMESTAMP(p.expires)) AS expires,
  a.status AS recorded_status, a.hangup_cause AS recorded_cause,
  a.digits AS recorded_digits, a.menu_answer AS recorded_answer,
  a.answered_by AS recorded_answered_by, a.amd_ms AS recorded_amd_ms,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', a.connect_time) * 0.000001 AS recorded_connect,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', a.disconnect_time) * 0.000001 AS recorded_disconnect
FROM campaign_phones AS p FORCE INDEX (callout_owner)
LEFT JOIN call_attempts AS a ON a.call_uuid = p.call_uuid
WHERE p.owner = :#owner
ORDER BY p.i_campaign_phone
FOR UPDATE
