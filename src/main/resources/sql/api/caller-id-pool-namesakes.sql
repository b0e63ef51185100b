-- Other pools of a name.
SELECT i_caller_id_pool, name FROM caller_id_pools WHERE name = :#name AND i_caller_id_pool <> :#key
