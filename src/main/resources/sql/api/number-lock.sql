-- The variables of one number, which stays locked.
SELECT vars FROM campaign_phones WHERE i_campaign = :#campaign AND i_campaign_phone = :#key FOR UPDATE
