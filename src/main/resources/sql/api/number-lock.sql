-- What people set of one number, which stays locked.
SELECT cld, callerid, priority, timezone, consent, vars FROM campaign_phones
WHERE i_campaign = :#campaign AND i_campaign_phone = :#key FOR UPDATE
