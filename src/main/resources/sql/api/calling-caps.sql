-- The caps of a calling rule.
SELECT max_calls, per_hours FROM calling_caps WHERE i_calling_rule = :#key ORDER BY i_calling_cap
