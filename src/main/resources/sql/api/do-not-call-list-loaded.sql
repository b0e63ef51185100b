-- Something has been loaded into a list.
UPDATE do_not_call_lists SET loaded_at = UTC_TIMESTAMP(3) WHERE i_do_not_call_list = :#list AND name = :#name
