-- Pauses one campaign.
UPDATE campaigns SET paused = 1 WHERE i_campaign = :#CalloutPauseCampaign
