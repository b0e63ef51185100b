-- The campaigns that use a schedule.
SELECT name FROM campaigns WHERE i_schedule = :#key LIMIT 3
