-- Deletes a pool of caller IDs. Its caller IDs must have been deleted before.
DELETE FROM caller_id_pools WHERE i_caller_id_pool = :#key
