-- Whoever starts or resumes a campaign does not want it stopped or paused by what was due before.
DELETE FROM timetable_tasks WHERE i_campaign = :#campaign AND action IN ('stop', 'pause')
