-- Adds a caller ID to a pool.
INSERT INTO caller_ids (i_caller_id_pool, number, weight, enabled, prefix) VALUES (:#key, :#number, :#weight, :#enabled, :#prefix)
