-- Resumes the run.
UPDATE campaigns SET paused = 0, pause_reason = NULL, guard_from = UTC_TIMESTAMP(3), run_ended = NULL WHERE i_campaign = :#campaign
