-- Begins a list that has no name yet.
INSERT INTO do_not_call_lists (country, loaded_at) VALUES (:#country, UTC_TIMESTAMP(3))
