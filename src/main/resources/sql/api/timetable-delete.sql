-- Deletes a row of timetables. It is not due any more.
DELETE FROM timetables WHERE i_timetable = :#key
