-- The rows of a campaign, read from one index.
SELECT i_campaign_phone FROM campaign_phones WHERE i_campaign = :#campaign
