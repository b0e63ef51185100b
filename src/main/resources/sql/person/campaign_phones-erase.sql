-- Erases a number that is in no call. What stands there then has a colon, so that it is never dialled, whatever
-- callout.number-pattern allows. What has ended keeps its status, so that counts and reports stay right.
UPDATE campaign_phones
SET status = IF(finished = 1, status, 'failure'), finished = 1, hangup_cause = 'ERASED', next_call = NULL, callout_next_call = NULL,
  callout_next_local = NULL, cld = CONCAT('erased:', i_campaign_phone), callerid = NULL, e164 = NULL, e164_read = NULL,
  timezone = NULL, consent = NULL, vars = NULL, digits = NULL, menu_answer = NULL, answered_by = NULL, amd_ms = NULL
WHERE i_campaign_phone = :#key AND cld = :#number AND call_uuid IS NULL
