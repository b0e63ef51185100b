-- A number of any campaign.
INSERT INTO campaign_phones (i_campaign, cld) SELECT i_campaign, 'callout check' FROM campaigns LIMIT 1
