-- Removes a number, unless a call to it is in progress.
DELETE FROM campaign_phones WHERE i_campaign = :#campaign AND i_campaign_phone = :#key AND call_uuid IS NULL
