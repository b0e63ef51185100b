-- Entries of further lists that are the person's. Before a list binds a campaign, the telephones of its entries are read, also
-- from spellings that only imports of lists know.
SELECT CONCAT(e.i_do_not_call_list, ':', e.written_as) AS row_key, e.e164 AS number, l.country, 0 AS up
FROM do_not_call_lists AS l STRAIGHT_JOIN do_not_call_entries AS e FORCE INDEX (callout_e164)
  ON e.i_do_not_call_list = l.i_do_not_call_list AND e.e164 = :#telephone
UNION ALL
SELECT CONCAT(e.i_do_not_call_list, ':', e.written_as) AS row_key, e.written_as AS number, l.country, 0 AS up
FROM do_not_call_lists AS l STRAIGHT_JOIN do_not_call_entries AS e FORCE INDEX (PRIMARY)
  ON e.i_do_not_call_list = l.i_do_not_call_list AND e.written_as IN (:#in:forms) AND NOT e.e164 <=> :#telephone
