-- Creates a pool of caller IDs.
INSERT INTO caller_id_pools (name) VALUES (:#name)
