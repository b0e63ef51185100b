-- Changes the variables of one number.
UPDATE campaign_phones SET vars = :#vars WHERE i_campaign = :#campaign AND i_campaign_phone = :#key
