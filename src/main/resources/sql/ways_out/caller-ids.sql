-- All pools of caller IDs, with a row for each caller ID, or one without a number for an empty pool.
SELECT p.name, c.number, c.weight, c.enabled, c.prefix
FROM caller_id_pools AS p LEFT JOIN caller_ids AS c ON c.i_caller_id_pool = p.i_caller_id_pool
WHERE p.name > '' ORDER BY p.i_caller_id_pool, c.i_caller_id
