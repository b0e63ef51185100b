-- Calling rule de: calls to Germany, after the examples of what the Bundesnetzagentur as a rule takes for harassing: calls on
-- workdays before 8 or after 20 o'clock, for advertising on Sundays and nationwide holidays, more than three attempts a day. The
-- callee sees a caller ID. The holidays end with 2030: add the following years. Sources and limits are in docs/rules.md.
-- This is no legal advice.
-- Load it with: mariadb callout < de.sql
START TRANSACTION;
-- What an earlier load of this file has left.
DELETE k FROM calling_caps AS k JOIN calling_rules AS r ON r.i_calling_rule = k.i_calling_rule WHERE r.name = 'de';
DELETE FROM calling_rules WHERE name = 'de';
DELETE t FROM schedule_records AS t JOIN schedules AS s ON s.i_schedule = t.i_schedule WHERE s.name = 'calling rule de';
DELETE FROM schedules WHERE name = 'calling rule de';
DELETE h FROM holidays AS h JOIN holiday_calendars AS k ON k.i_holiday_calendar = h.i_holiday_calendar
  WHERE k.name = 'calling rule de, nationwide';
DELETE FROM holiday_calendars WHERE name = 'calling rule de, nationwide';

INSERT INTO holiday_calendars (name, description) VALUES ('calling rule de, nationwide', 'Nationwide holidays of Germany, to 2030');
INSERT INTO holidays (i_holiday_calendar, date, text)
  SELECT k.i_holiday_calendar, CONCAT(y.year, d.day), d.text
  FROM holiday_calendars AS k
  JOIN (SELECT 2026 AS year UNION SELECT 2027 UNION SELECT 2028 UNION SELECT 2029 UNION SELECT 2030) AS y
  JOIN (SELECT '-01-01' AS day, 'Neujahr' AS text UNION SELECT '-05-01', 'Tag der Arbeit'
    UNION SELECT '-10-03', 'Tag der Deutschen Einheit' UNION SELECT '-12-25', 'Weihnachten'
    UNION SELECT '-12-26', 'Weihnachten') AS d
  WHERE k.name = 'calling rule de, nationwide';
INSERT INTO holidays (i_holiday_calendar, date, text)
  SELECT k.i_holiday_calendar, e.sunday + INTERVAL d.days DAY, d.text
  FROM holiday_calendars AS k
  JOIN (SELECT DATE'2026-04-05' AS sunday UNION SELECT DATE'2027-03-28' UNION SELECT DATE'2028-04-16'
    UNION SELECT DATE'2029-04-01' UNION SELECT DATE'2030-04-21') AS e
  JOIN (SELECT -2 AS days, 'Karfreitag' AS text UNION SELECT 1, 'Ostermontag' UNION SELECT 39, 'Christi Himmelfahrt'
    UNION SELECT 50, 'Pfingstmontag') AS d
  WHERE k.name = 'calling rule de, nationwide';
INSERT INTO schedules (name, description, i_holiday_calendar)
  SELECT 'calling rule de', 'Workdays, 8 to 20 o''clock in the callee''s zone', i_holiday_calendar
  FROM holiday_calendars WHERE name = 'calling rule de, nationwide';
INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)
  SELECT i_schedule, 1, 6, '08:00:00', '19:59:59' FROM schedules WHERE name = 'calling rule de';
INSERT INTO calling_rules (name, applies_to, description, i_schedule, caller_id_required)
  SELECT 'de', 'DE', 'Bundesnetzagentur', i_schedule, 1 FROM schedules WHERE name = 'calling rule de';
INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours)
  SELECT i_calling_rule, 3, 24 FROM calling_rules WHERE name = 'de';
COMMIT;
