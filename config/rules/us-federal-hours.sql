-- Calling rule us-federal-hours: telephone solicitations in the United States and its territories, not before 8 o'clock and not
-- from 21 o'clock on, local time where the called party is: 47 CFR 64.1200(c)(1), 16 CFR 310.4(c). As an example of a stricter
-- state, numbers with area codes of Florida: not from 20 o'clock on, and three calls in 24 hours (Florida Statutes 501.616(6)).
-- Other states are stricter too: add rows. Sources and limits are in docs/rules.md. This is no legal advice.
-- Load it with: mariadb callout < us-federal-hours.sql
START TRANSACTION;
-- What an earlier load of this file has left.
DELETE k FROM calling_caps AS k JOIN calling_rules AS r ON r.i_calling_rule = k.i_calling_rule WHERE r.name = 'us-federal-hours';
DELETE FROM calling_rules WHERE name = 'us-federal-hours';
DELETE t FROM schedule_records AS t JOIN schedules AS s ON s.i_schedule = t.i_schedule
  WHERE s.name IN ('calling rule us-federal-hours', 'calling rule us-federal-hours, Florida');
DELETE FROM schedules WHERE name IN ('calling rule us-federal-hours', 'calling rule us-federal-hours, Florida');

INSERT INTO schedules (name, description) VALUES
  ('calling rule us-federal-hours', '8 to 21 o''clock in the callee''s zone'),
  ('calling rule us-federal-hours, Florida', '8 to 20 o''clock in the callee''s zone');
INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)
  SELECT i_schedule, 1, 7, '08:00:00', IF(name = 'calling rule us-federal-hours', '20:59:59', '19:59:59')
  FROM schedules WHERE name IN ('calling rule us-federal-hours', 'calling rule us-federal-hours, Florida');
INSERT INTO calling_rules (name, applies_to, description, i_schedule)
  SELECT 'us-federal-hours', c.code, '47 CFR 64.1200(c)(1)', s.i_schedule
  FROM schedules AS s JOIN (SELECT 'US' AS code UNION SELECT 'PR' UNION SELECT 'VI' UNION SELECT 'GU' UNION SELECT 'AS'
    UNION SELECT 'MP') AS c
  WHERE s.name = 'calling rule us-federal-hours';
INSERT INTO calling_rules (name, applies_to, description, i_schedule)
  SELECT 'us-federal-hours', CONCAT('+1', c.code), 'Florida Statutes 501.616(6)', s.i_schedule
  FROM schedules AS s JOIN (SELECT 239 AS code UNION SELECT 305 UNION SELECT 321 UNION SELECT 324 UNION SELECT 352
    UNION SELECT 386 UNION SELECT 407 UNION SELECT 448 UNION SELECT 561 UNION SELECT 645 UNION SELECT 656 UNION SELECT 689
    UNION SELECT 727 UNION SELECT 728 UNION SELECT 754 UNION SELECT 772 UNION SELECT 786 UNION SELECT 813 UNION SELECT 850
    UNION SELECT 863 UNION SELECT 904 UNION SELECT 941 UNION SELECT 954) AS c
  WHERE s.name = 'calling rule us-federal-hours, Florida';
INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours)
  SELECT i_calling_rule, 3, 24 FROM calling_rules WHERE name = 'us-federal-hours' AND applies_to LIKE '+1%';
COMMIT;
