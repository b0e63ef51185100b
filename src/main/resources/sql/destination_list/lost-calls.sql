-- Calls that a lost owner may have made, and how they ended if the owner has recorded it. A list does not store their gateways.
SELECT
  p.callout_row AS i_campaign_phone, p.callout_campaign AS i_campaign, p.number AS cld, p.callout_uuid AS call_uuid,
  GREATEST(p.callout_calls, 1) AS call_count, p.callout_switch AS call_switch,
  NULL AS call_gateway,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_setup) * 0.000001 AS setup_time,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_connect) * 0.000001 AS connect_time,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_expires) * 0.000001 AS expires,
  a.status AS recorded_status, a.hangup_cause AS recorded_cause,
  a.digits AS recorded_digits, a.menu_answer AS recorded_answer,
  a.answered_by AS recorded_answered_by, a.amd_ms AS recorded_amd_ms,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', a.connect_time) * 0.000001 AS recorded_connect,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', a.disconnect_time) * 0.000001 AS recorded_disconnect
FROM destination_list AS p FORCE INDEX (callout_owner)
LEFT JOIN call_attempts AS a ON a.call_uuid = p.callout_uuid
WHERE p.callout_owner = :#owner
ORDER BY p.callout_row
FOR UPDATE
