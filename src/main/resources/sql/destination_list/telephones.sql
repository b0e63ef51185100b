-- The callees' time zones and consents that some numbers name.
SELECT callout_row AS i_campaign_phone, timezone, consent
FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row IN (:#in:rows)
