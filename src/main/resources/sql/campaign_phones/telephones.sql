-- The callees' time zones and consents that some numbers name.
SELECT i_campaign_phone, timezone, consent
FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone IN (:#in:rows)
