-- Assigns picked numbers to the owner. Each call UUID consists of the claim's prefix and the row id.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET status = 'trying', call_uuid = CONCAT(:#prefix, LOWER(LPAD(HEX(i_campaign_phone), 12, '0'))), owner = :#owner,
  expires = FROM_UNIXTIME(:#expires), callout_expires_local = FROM_UNIXTIME(:#expires),
  callout_expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND, callout_setup = NULL, callout_connect = NULL,
  call_switch = NULL, core_uuid = NULL
  /* telephone */
WHERE i_campaign_phone IN (:#in:rows)
