-- Calling rule uk: calls to the United Kingdom, and to Guernsey, Jersey and the Isle of Man, which share its calling code. Each
-- call rings for 15 s at least (Ofcom, Persistent misuse: a statement of policy, 2016), and shows a caller ID (Privacy and
-- Electronic Communications Regulations 2003, regulation 21). There is no statutory time of day: see docs/rules.md.
-- This is no legal advice.
-- Load it with: mariadb callout < uk.sql
START TRANSACTION;
-- What an earlier load of this file has left.
DELETE k FROM calling_caps AS k JOIN calling_rules AS r ON r.i_calling_rule = k.i_calling_rule WHERE r.name = 'uk';
DELETE FROM calling_rules WHERE name = 'uk';

INSERT INTO calling_rules (name, applies_to, description, shortest_ring_sec, caller_id_required)
  SELECT 'uk', c.code, 'Ofcom, Persistent misuse; PECR regulation 21', 15, 1
  FROM (SELECT 'GB' AS code UNION SELECT 'GG' UNION SELECT 'JE' UNION SELECT 'IM') AS c;
COMMIT;
