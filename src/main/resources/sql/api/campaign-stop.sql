-- Ends the run; calls that are up go on.
UPDATE campaigns SET paused = 1, run_ended = UTC_TIMESTAMP(3) WHERE i_campaign = :#key
