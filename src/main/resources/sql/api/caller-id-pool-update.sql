-- Renames a pool of caller IDs.
UPDATE caller_id_pools SET name = :#name WHERE i_caller_id_pool = :#key
