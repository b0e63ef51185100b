-- Deletes a list that has neither a name nor entries.
DELETE FROM do_not_call_lists WHERE i_do_not_call_list = :#list AND name IS NULL
