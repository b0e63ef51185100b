-- Changes what people set of one number.
UPDATE campaign_phones
SET callerid = :#callerid, priority = :#priority, timezone = :#timezone, consent = :#consent, vars = :#vars
WHERE i_campaign = :#campaign AND i_campaign_phone = :#key
