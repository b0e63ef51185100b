-- Takes the name from a list, so that it binds nobody. Its entries are deleted later, some at a time.
UPDATE do_not_call_lists SET name = NULL, loaded_at = NULL WHERE i_do_not_call_list = :#key
