-- The times at which a schedule is open.
SELECT start_wday, stop_wday, TIME_FORMAT(start_time, '%H:%i:%s') AS start_time, TIME_FORMAT(stop_time, '%H:%i:%s') AS stop_time
FROM schedule_records WHERE i_schedule = :#key ORDER BY i_schedule_record
