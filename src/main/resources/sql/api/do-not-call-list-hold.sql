-- Keeps a list from being replaced or deleted until the transaction ends.
SELECT i_do_not_call_list FROM do_not_call_lists
WHERE i_do_not_call_list = :#list AND name = :#name LOCK IN SHARE MODE
