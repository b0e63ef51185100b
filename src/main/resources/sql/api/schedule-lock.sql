-- Keeps other changes out until the transaction ends.
SELECT i_schedule FROM schedules WHERE i_schedule = :#key FOR UPDATE
