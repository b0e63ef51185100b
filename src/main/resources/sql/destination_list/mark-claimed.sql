-- Assigns picked numbers to the owner. Each call UUID consists of the claim's prefix and the row id.
UPDATE destination_list FORCE INDEX (callout_row)
SET in_use = 1, callout_campaign = :#campaign,
  callout_uuid = CONCAT(:#prefix, LOWER(LPAD(HEX(callout_row), 12, '0'))), callout_owner = :#owner,
  callout_expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND,
  callout_setup = NULL, callout_connect = NULL, callout_switch = NULL, callout_core_uuid = NULL
  /* telephone */
WHERE callout_row IN (:#in:rows)
