-- Starts a run.
UPDATE campaigns SET paused = 0, pause_reason = NULL, guard_from = UTC_TIMESTAMP(3), run_started = UTC_TIMESTAMP(3), run_ended = NULL, calls_made = 0 WHERE i_campaign = :#campaign
