-- Deletes all records of a schedule.
DELETE FROM schedule_records WHERE i_schedule = :#key
