-- Closes picked numbers that must not be called, or puts them off until their entries in the do-not-call list expire. Servers
-- refuse local times after 2038, so next_call is never later. Our own column, callout_next_call, decides.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET status = 'failure', hangup_cause = :#cause, finished = :#finished,
  next_call = FROM_UNIXTIME(LEAST(:#nextCall, 2147483647)),
  callout_next_local = FROM_UNIXTIME(LEAST(:#nextCall, 2147483647)),
  callout_next_call = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#nextCall SECOND,
  expires = FROM_UNIXTIME(:#now)
WHERE i_campaign_phone IN (:#in:rows)
