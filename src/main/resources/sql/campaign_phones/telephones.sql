-- What telephones numbers mean, as far as they have been read, and whether any claim has ever taken them.
SELECT i_campaign_phone, e164, e164_read, shuffle, callout_expires IS NOT NULL AS claimed_before,
  timezone, consent, callout_inputs AS inputs
FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone IN (:#in:rows)
