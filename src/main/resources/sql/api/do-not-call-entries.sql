-- A page of a further list.
SELECT e.written_as AS number, e.reason,
  CONCAT(LEFT(DATE_FORMAT(e.expires, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS expires, e.e164
FROM do_not_call_entries AS e
WHERE e.i_do_not_call_list = :#list AND e.written_as > :#after
  AND (:#number IS NULL OR e.written_as = :#number OR e.e164 = :#e164)
ORDER BY e.written_as LIMIT :#limit
