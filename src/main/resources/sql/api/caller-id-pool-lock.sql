-- Locks a pool of caller IDs against other changes until the transaction ends.
SELECT i_caller_id_pool FROM caller_id_pools WHERE i_caller_id_pool = :#key FOR UPDATE
