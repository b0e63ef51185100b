-- Deletes the caller IDs of a pool.
DELETE FROM caller_ids WHERE i_caller_id_pool = :#key
