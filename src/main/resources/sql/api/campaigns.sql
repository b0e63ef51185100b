-- Campaigns in a range of keys, with everything that decides whether they can be dialled at all.
SELECT
  c.i_campaign, c.name, c.description, c.paused,
  -- include due-campaigns settings
  IF(c.do_not_call_lists IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('name', l.name,
      'age_sec', TIMESTAMPDIFF(SECOND, l.loaded_at, UTC_TIMESTAMP(3)), 'max_age_days', l.max_age_days))
    FROM do_not_call_lists AS l WHERE l.name IS NOT NULL)) AS lists_there,
  CONCAT(LEFT(DATE_FORMAT(c.run_started, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS run_started,
  CONCAT(LEFT(DATE_FORMAT(c.run_ended, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS run_ended
FROM campaigns AS c
WHERE c.i_campaign BETWEEN :#first AND :#last
ORDER BY c.i_campaign
LIMIT :#limit
