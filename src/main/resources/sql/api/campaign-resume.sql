-- New calls again.
UPDATE campaigns SET paused = 0 WHERE i_campaign = :#key
