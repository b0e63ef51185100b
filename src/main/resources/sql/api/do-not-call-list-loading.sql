-- The import of a list that has no name yet goes on. No row: the import was taken for dead.
UPDATE do_not_call_lists SET loaded_at = UTC_TIMESTAMP(3)
WHERE i_do_not_call_list = :#list AND name IS NULL AND loaded_at IS NOT NULL
