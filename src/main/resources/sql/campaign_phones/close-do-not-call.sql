-- Closes a picked number that must not be called, or puts it off until that expires.
UPDATE campaign_phones
SET status = 'failure', hangup_cause = 'DO_NOT_CALL', finished = :#finished, next_call = FROM_UNIXTIME(:#nextCall),
  expires = FROM_UNIXTIME(:#now)
WHERE i_campaign_phone = :#row
