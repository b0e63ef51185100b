-- Locks the schedule against other changes until the transaction ends.
SELECT i_schedule FROM schedules WHERE i_schedule = :#key FOR UPDATE
