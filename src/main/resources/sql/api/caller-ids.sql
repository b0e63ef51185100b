-- The caller IDs of a pool.
SELECT number, weight, enabled, prefix FROM caller_ids WHERE i_caller_id_pool = :#key ORDER BY i_caller_id
