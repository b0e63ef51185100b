-- What a campaign still has to call.
SELECT cld FROM campaign_phones WHERE i_campaign = :#campaign AND finished = 0
