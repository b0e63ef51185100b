-- Numbers of a part of the table that calling rules keep closed by another version of the rules than the campaign's, finished or not,
-- or that could be called now. Locks nothing.
SELECT i_campaign_phone AS id, i_campaign, e164, e164_read, shuffle, timezone, callerid, consent, callout_inputs AS inputs,
  callout_closed IS NOT NULL AS closed
FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone > :#after AND i_campaign_phone <= :#to AND i_campaign IN (:#in:campaigns) AND call_uuid IS NULL
  AND IF(callout_closed IS NULL,
    finished = 0 AND COALESCE(callout_due <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND, next_call <= FROM_UNIXTIME(:#now), TRUE),
    NOT FIND_IN_SET(CONCAT(i_campaign, ' ', rule_version), :#versions))
ORDER BY i_campaign_phone
