-- Adds a time at which a schedule is open.
INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)
VALUES (:#key, :#start_wday, :#stop_wday, :#start_time, :#stop_time)
