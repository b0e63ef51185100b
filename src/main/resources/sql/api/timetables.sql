-- The rows of timetables in a range of keys.
SELECT
  t.enabled,
  -- include timetable/rows timetable
WHERE t.i_timetable BETWEEN :#first AND :#last
ORDER BY t.i_timetable LIMIT :#limit
