-- Changes what is known of a list besides its entries.
UPDATE do_not_call_lists
SET name = :#name, country = :#country, source = :#source, loaded_at = TRIM(TRAILING 'Z' FROM :#loaded_at), max_age_days = :#max_age_days
WHERE i_do_not_call_list = :#key
