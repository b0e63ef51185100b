-- Dials nothing more until the campaign is resumed.
UPDATE campaigns SET paused = 1 WHERE i_campaign = :#campaign
