-- Deletes a row of timetables: it is not due any more.
DELETE FROM timetables WHERE i_timetable = :#key
