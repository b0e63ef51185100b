-- Assigns a report or a retention to one of the nodes that find it, as long as that node lives.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
UPDATE timetable_tasks
SET owner = :#owner
WHERE i_campaign = COALESCE(:#campaign, 0) AND i_timetable = :#timetable
  AND scheduled = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND
  AND (owner IS NULL OR NOT EXISTS (SELECT 1 FROM nodes AS n WHERE n.incarnation = timetable_tasks.owner))
