-- Makes picked numbers the owner's; each call uuid is the claim's prefix and the row id.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET status = 'trying', call_uuid = CONCAT(:#prefix, LOWER(LPAD(HEX(i_campaign_phone), 12, '0'))), owner = :#owner,
  expires = FROM_UNIXTIME(:#expires), call_switch = NULL, core_uuid = NULL
WHERE i_campaign_phone IN (:#in:rows)
