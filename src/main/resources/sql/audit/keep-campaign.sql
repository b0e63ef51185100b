-- Keeps the settings of a campaign as they have been audited.
INSERT INTO audited_campaigns (i_campaign, state) VALUES (:#campaign, :#state) ON DUPLICATE KEY UPDATE state = VALUE(state)
