-- The telephones that must not be called now, by the list for all and by those that the campaign names, and until when. NULL: for
-- ever.
SELECT e164,
  IF(SUM(expires IS NULL) > 0, NULL, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00',
    MAX(expires)) * 0.000001) AS expires
FROM (
    SELECT e164, expires FROM do_not_call FORCE INDEX (callout_e164) WHERE e164 IN (:#in:telephones)
    UNION ALL
    SELECT e.e164, e.expires
    FROM do_not_call_lists AS l STRAIGHT_JOIN do_not_call_entries AS e FORCE INDEX (callout_e164)
      ON e.i_do_not_call_list = l.i_do_not_call_list AND e.e164 IN (:#in:telephones)
    WHERE FIND_IN_SET(l.name, :#lists)) AS d
WHERE expires IS NULL OR expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND
GROUP BY e164
