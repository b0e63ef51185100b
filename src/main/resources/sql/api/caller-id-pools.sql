-- Pools of caller IDs in a range of keys.
SELECT i_caller_id_pool, name
FROM caller_id_pools WHERE i_caller_id_pool BETWEEN :#first AND :#last ORDER BY i_caller_id_pool LIMIT :#limit
