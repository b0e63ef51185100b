-- The campaigns and gateways that name a pool of caller IDs.
SELECT c.name FROM campaigns AS c JOIN caller_id_pools AS p ON c.caller_id_pool = p.name WHERE p.i_caller_id_pool = :#key
UNION
SELECT g.name FROM gateways AS g JOIN caller_id_pools AS p ON g.caller_id_pool = p.name WHERE p.i_caller_id_pool = :#key
LIMIT 3
