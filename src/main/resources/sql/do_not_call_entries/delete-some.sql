-- Deletes some entries of a list.
DELETE FROM do_not_call_entries WHERE i_do_not_call_list = :#list LIMIT 5000
