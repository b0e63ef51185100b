-- N: the telephone must not be called now, by the list for all or by one that the campaign names.
UPDATE callout_import AS i JOIN (
  SELECT d.e164, d.expires FROM do_not_call AS d WHERE d.e164 IS NOT NULL
  UNION ALL
  SELECT e.e164, e.expires
  FROM campaigns AS c
    JOIN do_not_call_lists AS l ON FIND_IN_SET(l.name, REGEXP_REPLACE(c.do_not_call_lists, '[,[:space:]]+', ','))
    JOIN do_not_call_entries AS e ON e.i_do_not_call_list = l.i_do_not_call_list
  WHERE c.i_campaign = :#campaign AND e.e164 IS NOT NULL) AS listed ON listed.e164 = i.e164
SET i.verdict = 'N' WHERE i.verdict IS NULL AND (listed.expires IS NULL OR listed.expires > UTC_TIMESTAMP(3))
