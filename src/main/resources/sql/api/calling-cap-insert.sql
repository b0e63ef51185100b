-- Adds a cap to a calling rule.
INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) VALUES (:#key, :#max_calls, :#per_hours)
