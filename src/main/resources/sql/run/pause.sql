-- Pauses a campaign: nothing more is dialled until it is resumed.
UPDATE campaigns SET paused = 1 WHERE i_campaign = :#campaign
