-- What telephones numbers mean, as far as they have been read.
SELECT i_campaign_phone, e164, e164_read, shuffle
FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone IN (:#in:rows)
