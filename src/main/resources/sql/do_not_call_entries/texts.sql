-- The entries of a list, or only those that mean no telephone or have not been read yet.
SELECT written_as AS text FROM do_not_call_entries WHERE i_do_not_call_list = :#list AND (:#all = 1 OR e164 IS NULL)
