-- Gives a loaded list the name and the settings of the list that it replaces, which has just lost its name.
UPDATE do_not_call_lists
SET name = :#name, country = :#country, source = :#source, max_age_days = :#max_age_days, loaded_at = UTC_TIMESTAMP(3)
WHERE i_do_not_call_list = :#list AND name IS NULL AND loaded_at IS NOT NULL
