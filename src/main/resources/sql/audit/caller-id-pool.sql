-- Pools of caller IDs as JSON objects, with their caller IDs by key, of all or of one.
SELECT p.i_caller_id_pool AS id, CONVERT(JSON_MERGE_PATCH(JSON_OBJECT('name', MAX(p.name)), COALESCE(CONCAT('{', GROUP_CONCAT(
    '"caller_id ', c.i_caller_id, '":',
    JSON_OBJECT('number', c.number, 'weight', c.weight, 'enabled', c.enabled, 'prefix', c.prefix)
    ORDER BY c.i_caller_id SEPARATOR ','), '}'), '{}')) USING utf8mb4) COLLATE utf8mb4_bin AS state
FROM caller_id_pools AS p LEFT JOIN caller_ids AS c ON c.i_caller_id_pool = p.i_caller_id_pool
WHERE :#key IS NULL OR p.i_caller_id_pool = :#key
GROUP BY p.i_caller_id_pool
