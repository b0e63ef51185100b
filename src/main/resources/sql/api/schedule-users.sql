-- Who uses a schedule.
SELECT name FROM campaigns WHERE i_schedule = :#key LIMIT 3
