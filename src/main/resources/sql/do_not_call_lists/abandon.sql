-- Keeps an import that ended without a result from giving its list a name, should it go on after all.
UPDATE do_not_call_lists SET loaded_at = NULL WHERE i_do_not_call_list = :#list AND name IS NULL
