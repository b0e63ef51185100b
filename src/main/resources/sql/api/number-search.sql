-- Numbers with these keys of one campaign or of all, each with the country of its campaign: if digits are given, those that have
-- them and of which it is not known whether they mean the telephone, because theirs or the one looked for is unknown. In some values of sql_mode an empty string is NULL, so it is written
-- otherwise.
SELECT
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
  p.menu_answer, p.answered_by, p.amd_ms, p.vars, p.timezone, p.consent, c.country
FROM campaign_phones AS p FORCE INDEX (PRIMARY) LEFT JOIN campaigns AS c ON c.i_campaign = p.i_campaign
WHERE p.i_campaign_phone > :#after AND p.i_campaign_phone <= :#upTo
  AND (:#campaign IS NULL OR p.i_campaign = :#campaign) AND (:#status IS NULL OR COALESCE(p.status, 'idle') = :#status)
  AND (:#cause IS NULL OR p.hangup_cause = :#cause)
  AND (:#digits IS NULL OR (p.e164 IS NULL OR :#telephone IS NULL)
    AND REGEXP_REPLACE(p.cld, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%'))
ORDER BY p.i_campaign_phone
LIMIT :#limit
