-- Closes a picked number that must not be called, or puts it off until that expires.
UPDATE campaign_phones
SET status = 'failure', hangup_cause = 'DO_NOT_CALL', finished = :#finished,
  next_call = FROM_UNIXTIME(:#nextCall), callout_next_local = FROM_UNIXTIME(:#nextCall),
  callout_next_call = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#nextCall SECOND,
  expires = FROM_UNIXTIME(:#now)
WHERE i_campaign_phone = :#row
