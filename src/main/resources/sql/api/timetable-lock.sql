-- Locks the row against other changes until the transaction ends.
SELECT i_timetable FROM timetables WHERE i_timetable = :#key FOR UPDATE
