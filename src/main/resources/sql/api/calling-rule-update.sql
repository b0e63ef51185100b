-- Changes a calling rule, but not its caps.
UPDATE calling_rules SET name = :#name, applies_to = :#applies_to, description = :#description, i_schedule = :#i_schedule,
  lockout_hours = :#lockout_hours, shortest_ring_sec = :#shortest_ring_sec, caller_id_required = :#caller_id_required,
  consent_required = :#consent_required
WHERE i_calling_rule = :#key
