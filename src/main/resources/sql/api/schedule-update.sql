-- Changes the name of a schedule.
UPDATE schedules SET name = :#name, description = :#description WHERE i_schedule = :#key
