-- The settings of a campaign as they were last audited.
SELECT state FROM audited_campaigns WHERE i_campaign = :#campaign FOR UPDATE
