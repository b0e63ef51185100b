-- Pauses a campaign: nothing more is dialled until it is resumed.
UPDATE campaigns SET pause_reason = IF(paused <> 0, pause_reason, NULL), paused = 1 WHERE i_campaign = :#campaign
