-- Removes a number that no call is under way to.
DELETE FROM campaign_phones WHERE i_campaign = :#campaign AND i_campaign_phone = :#key AND call_uuid IS NULL
