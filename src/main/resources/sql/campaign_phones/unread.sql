-- Numbers of a part of the table that are not in a call, and whose telephones have not been read by this country and metadata, or
-- not as the numbers stand now. Locks nothing.
SELECT i_campaign_phone AS id FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone > :#after AND i_campaign_phone <= :#to AND i_campaign IN (:#in:campaigns) AND call_uuid IS NULL
  AND NOT (e164_read <=> CONCAT(:#version, '/', shuffle))
ORDER BY i_campaign_phone
