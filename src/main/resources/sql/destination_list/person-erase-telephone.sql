-- Erases what telephone the number was, and what was known of its owner.
UPDATE destination_list FORCE INDEX (callout_row) SET callout_e164 = NULL, callout_e164_read = NULL, timezone = NULL,
  consent = NULL
WHERE callout_row = :#key AND callout_uuid IS NULL
