-- Creates a calling rule.
INSERT INTO calling_rules (name, applies_to, description, i_schedule, lockout_hours, shortest_ring_sec, caller_id_required,
  consent_required)
VALUES (:#name, :#applies_to, :#description, :#i_schedule, :#lockout_hours, :#shortest_ring_sec, :#caller_id_required,
  :#consent_required)
