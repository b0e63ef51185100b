-- What was reported of a call.
SELECT call_uuid, i_campaign, result, note,
  CONCAT(LEFT(DATE_FORMAT(reported_at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS reported_at, reported_by
FROM call_reports WHERE call_uuid = :#call
