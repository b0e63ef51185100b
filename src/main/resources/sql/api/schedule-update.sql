-- Its name.
UPDATE schedules SET name = :#name, description = :#description WHERE i_schedule = :#key
