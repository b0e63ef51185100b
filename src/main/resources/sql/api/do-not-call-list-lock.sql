-- Locks a list.
SELECT i_do_not_call_list FROM do_not_call_lists WHERE i_do_not_call_list = :#key FOR UPDATE
