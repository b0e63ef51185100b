-- Locks a pool of caller IDs, so that nobody deletes it in the meantime.
SELECT i_caller_id_pool FROM caller_id_pools WHERE name = :#name LOCK IN SHARE MODE
