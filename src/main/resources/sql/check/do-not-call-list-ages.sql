-- How old the further do-not-call lists are that campaigns name.
SELECT l.name, TIMESTAMPDIFF(SECOND, l.loaded_at, UTC_TIMESTAMP()) AS age_sec, l.max_age_days
FROM do_not_call_lists AS l
WHERE EXISTS (
  SELECT 1 FROM campaigns AS c WHERE FIND_IN_SET(l.name, REGEXP_REPLACE(c.do_not_call_lists, '[,[:space:]]+', ',')))
ORDER BY l.name
