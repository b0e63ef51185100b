-- Resumes the run, unless somebody has stopped it since the row was read.
UPDATE campaigns SET paused = 0, pause_reason = NULL, guard_from = UTC_TIMESTAMP(3) WHERE i_campaign = :#campaign AND run_ended IS NULL
