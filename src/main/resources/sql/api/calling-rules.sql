-- Calling rules in a range of keys.
SELECT i_calling_rule, name, applies_to, description, i_schedule, lockout_hours, shortest_ring_sec, caller_id_required,
  consent_required
FROM calling_rules WHERE i_calling_rule BETWEEN :#first AND :#last ORDER BY i_calling_rule LIMIT :#limit
