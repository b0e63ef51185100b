-- Which of some numbers and telephones must not be called now, by the list for all and by those that the campaign names, and until
-- when. NULL: for ever. One row an entry.
SELECT dialled AS listed, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', expires) * 0.000001 AS expires
FROM do_not_call FORCE INDEX (callout_dialled)
WHERE dialled IN (:#in:numbers)
  AND (expires IS NULL OR expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
UNION ALL
SELECT e164, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', expires) * 0.000001
FROM do_not_call FORCE INDEX (callout_e164)
WHERE e164 IN (:#in:telephones)
  AND (expires IS NULL OR expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
UNION ALL
SELECT e.e164, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', e.expires) * 0.000001
FROM do_not_call_lists AS l STRAIGHT_JOIN do_not_call_entries AS e FORCE INDEX (callout_e164)
  ON e.i_do_not_call_list = l.i_do_not_call_list AND e.e164 IN (:#in:telephones)
WHERE l.name IN (:#in:lists)
  AND (e.expires IS NULL OR e.expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
