-- Forgets the settings of a campaign whose end has been audited.
DELETE FROM audited_campaigns WHERE i_campaign = :#campaign
