-- What telephones numbers mean, as far as they have been read.
SELECT callout_row AS i_campaign_phone, callout_e164 AS e164, callout_e164_read AS e164_read, callout_shuffle AS shuffle
FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row IN (:#in:rows)
