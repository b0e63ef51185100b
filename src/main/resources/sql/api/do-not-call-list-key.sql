-- The key of the list of this name.
SELECT i_do_not_call_list, country FROM do_not_call_lists WHERE name = :#name
