-- Deletes the stops and pauses that are still to be done: whoever starts or resumes a campaign does not want them any more.
DELETE FROM timetable_tasks WHERE i_campaign = :#campaign AND action IN ('stop', 'pause')
