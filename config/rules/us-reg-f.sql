-- Calling rule us-reg-f: debt collection in the United States and its territories. Seven calls in seven days, none in the seven
-- days after a conversation: 12 CFR 1006.14(b)(2). The regulation counts calls about one debt; Callout counts all calls to one
-- telephone, so it stops earlier. Between 8 and 21 o'clock where the called party is: 12 CFR 1006.6(b)(1).
-- Sources and limits are in docs/rules.md. This is no legal advice.
-- Load it with: mariadb callout < us-reg-f.sql
START TRANSACTION;
-- What an earlier load of this file has left.
DELETE k FROM calling_caps AS k JOIN calling_rules AS r ON r.i_calling_rule = k.i_calling_rule WHERE r.name = 'us-reg-f';
DELETE FROM calling_rules WHERE name = 'us-reg-f';
DELETE t FROM schedule_records AS t JOIN schedules AS s ON s.i_schedule = t.i_schedule WHERE s.name = 'calling rule us-reg-f';
DELETE FROM schedules WHERE name = 'calling rule us-reg-f';

INSERT INTO schedules (name, description) VALUES ('calling rule us-reg-f', '8 to 21 o''clock in the callee''s zone');
INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)
  SELECT i_schedule, 1, 7, '08:00:00', '20:59:59' FROM schedules WHERE name = 'calling rule us-reg-f';
INSERT INTO calling_rules (name, applies_to, description, i_schedule, lockout_hours)
  SELECT 'us-reg-f', c.code, '12 CFR 1006.14(b)(2)', s.i_schedule, 168
  FROM schedules AS s JOIN (SELECT 'US' AS code UNION SELECT 'PR' UNION SELECT 'VI' UNION SELECT 'GU' UNION SELECT 'AS'
    UNION SELECT 'MP') AS c
  WHERE s.name = 'calling rule us-reg-f';
INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours)
  SELECT i_calling_rule, 7, 168 FROM calling_rules WHERE name = 'us-reg-f';
COMMIT;
