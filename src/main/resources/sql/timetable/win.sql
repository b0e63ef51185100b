-- One of the nodes that find a row due wins it. None wins a row that was edited in the meantime. Its instant never goes back,
-- whatever the clock does. An action that dials waits until the stops and pauses of its campaign that remain are done, and is not done while
-- everything is stopped.
UPDATE timetables
SET last_fired = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND, last_result = LEFT(:#result, 255), changed = changed
WHERE i_timetable = :#timetable AND enabled <> 0 AND UNIX_TIMESTAMP(changed) < :#scheduled
  AND (last_fired IS NULL OR last_fired < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
  AND (NOT :#dials OR NOT EXISTS (SELECT 1 FROM timetable_tasks AS k
    WHERE k.i_campaign = timetables.i_campaign AND k.action IN ('stop', 'pause')))
  AND (NOT :#dials OR NOT :#done OR NOT EXISTS (SELECT 1 FROM stop_all))
