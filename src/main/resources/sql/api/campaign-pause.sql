-- No new calls; those that are up go on.
UPDATE campaigns SET paused = 1 WHERE i_campaign = :#key
