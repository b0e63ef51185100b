-- What telephones numbers mean, as far as they have been read, and whether any claim has ever taken them.
SELECT callout_row AS i_campaign_phone, callout_e164 AS e164, callout_e164_read AS e164_read, callout_shuffle AS shuffle,
  callout_expires IS NOT NULL AS claimed_before, timezone, consent, callout_inputs AS inputs
FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row IN (:#in:rows)
