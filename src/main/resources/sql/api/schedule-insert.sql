-- A new schedule.
INSERT INTO schedules (name, description) VALUES (:#name, :#description)
