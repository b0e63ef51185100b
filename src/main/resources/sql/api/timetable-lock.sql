-- Keeps other changes out until the transaction ends.
SELECT i_timetable FROM timetables WHERE i_timetable = :#key FOR UPDATE
