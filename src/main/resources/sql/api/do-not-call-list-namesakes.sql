-- Other lists of a name.
SELECT i_do_not_call_list FROM do_not_call_lists WHERE name = :#name AND i_do_not_call_list <> :#key
