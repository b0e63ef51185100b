-- The campaign of a call in progress.
SELECT callout_campaign AS i_campaign FROM destination_list FORCE INDEX (callout_owner)
WHERE callout_owner IS NOT NULL AND callout_uuid = :#call
LIMIT 1
