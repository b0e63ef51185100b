-- Locks the list of a name.
SELECT i_do_not_call_list, country, source, max_age_days FROM do_not_call_lists WHERE name = :#name FOR UPDATE
