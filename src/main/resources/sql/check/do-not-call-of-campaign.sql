-- The telephones on the further lists that a campaign names.
SELECT e.e164
FROM campaigns AS c
  JOIN do_not_call_lists AS l ON FIND_IN_SET(l.name, REGEXP_REPLACE(c.do_not_call_lists, '[,[:space:]]+', ','))
  JOIN do_not_call_entries AS e ON e.i_do_not_call_list = l.i_do_not_call_list
WHERE c.i_campaign = :#campaign AND e.e164 IS NOT NULL AND (e.expires IS NULL OR e.expires > UTC_TIMESTAMP(3))
