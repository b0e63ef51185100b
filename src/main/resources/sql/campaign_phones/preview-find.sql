-- The rows of a campaign that have this number as it is written.
SELECT i_campaign_phone FROM campaign_phones WHERE i_campaign = :#campaign AND cld = :#number LIMIT 1000
