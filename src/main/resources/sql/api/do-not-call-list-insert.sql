-- Creates a further do-not-call list.
INSERT INTO do_not_call_lists (name, country, source, loaded_at, max_age_days)
VALUES (:#name, :#country, :#source, :#loaded_at, :#max_age_days)
