-- A page of a list's numbers as a campaign sees them, with the columns of campaign_phones. lastcall is local time, and converted to
-- UTC unless Callout wrote it.
SELECT
  p.callout_row AS i_campaign_phone, c.i_campaign, p.number AS cld,
  p.callout_state = 6 OR NOT c.finish_on <=> 0
    AND (p.callout_state = 3 OR p.callout_state IN (1, 2) AND p.callout_calls >= COALESCE(c.max_attempts, 3)) AS finished,
  CONCAT(LEFT(DATE_FORMAT(p.callout_expires, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS expires,
  CONCAT(LEFT(DATE_FORMAT(p.callout_due, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS next_call,
  p.callout_calls AS call_count,
  CONCAT(LEFT(DATE_FORMAT(p.callout_setup, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS setup_time,
  CONCAT(LEFT(DATE_FORMAT(p.callout_connect, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS connect_time,
  CONCAT(LEFT(DATE_FORMAT(COALESCE(p.callout_called_at, CONVERT_TZ(p.lastcall, @@time_zone, '+00:00')),
    '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS disconnect_time,
  CASE WHEN p.callout_uuid IS NOT NULL THEN IF(p.callout_connect IS NULL, 'trying', 'answer')
    WHEN p.callout_state IN (0, 4) THEN 'idle'
    WHEN p.lastresult IN ('success', 'premature hangup') THEN p.lastresult ELSE 'failure' END AS status,
  p.duration, p.callerid, 0 AS priority, p.callout_switch AS call_switch,
  IF(p.callout_state IN (1, 2, 6) AND p.lastresult <> 'premature hangup', p.lastresult, NULL) AS hangup_cause,
  NULL AS sip_status, p.vars, NULL AS timezone, NULL AS consent
FROM campaigns AS c STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row)
WHERE c.i_campaign = :#campaign AND p.callout_row > :#after AND (:#cld IS NULL OR p.number = :#cld)
HAVING (:#status IS NULL OR status = :#status) AND (:#cause IS NULL OR hangup_cause = :#cause)
ORDER BY p.callout_row
LIMIT :#limit
