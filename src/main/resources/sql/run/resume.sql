-- Resumes the run.
UPDATE campaigns SET paused = 0, run_ended = NULL WHERE i_campaign = :#campaign
