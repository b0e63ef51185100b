-- Of the nodes that find a row due one wins it, and none if it was edited meanwhile. Its instant never goes back, whatever the
-- clock does. What dials waits until its campaign has been stopped or paused as is still to be done.
UPDATE timetables
SET last_fired = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND, last_result = :#result, changed = changed
WHERE i_timetable = :#timetable AND enabled <> 0 AND UNIX_TIMESTAMP(changed) < :#scheduled
  AND (last_fired IS NULL OR last_fired < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND)
  AND (NOT :#dials OR NOT EXISTS (SELECT 1 FROM timetable_tasks AS k
    WHERE k.i_campaign = timetables.i_campaign AND k.action IN ('stop', 'pause')))
