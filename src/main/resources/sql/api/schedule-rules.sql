-- Whether calling rules use a schedule.
SELECT i_calling_rule FROM calling_rules WHERE i_schedule = :#key LIMIT 1
