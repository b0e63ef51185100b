-- Deletes a schedule. Its records must have been deleted before.
DELETE FROM schedules WHERE i_schedule = :#key
