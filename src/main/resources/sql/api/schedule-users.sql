-- The campaigns and calling rules that use a schedule.
(SELECT name FROM campaigns WHERE i_schedule = :#key LIMIT 3)
UNION ALL (SELECT name FROM calling_rules WHERE i_schedule = :#key LIMIT 3) LIMIT 3
