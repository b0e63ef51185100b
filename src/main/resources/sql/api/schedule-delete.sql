-- Deletes a schedule whose records have been deleted before.
DELETE FROM schedules WHERE i_schedule = :#key
