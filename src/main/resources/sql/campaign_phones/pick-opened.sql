-- Numbers that calling rules kept closed until an instant that has passed, in the order of these instants. Looks
-- up the latest one first, as pick-due.sql does.
SELECT i_campaign_phone,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_closed) * 0.000001 AS closed
FROM campaign_phones FORCE INDEX (callout_open)
WHERE i_campaign = :#campaign AND finished = 0 AND call_uuid IS NULL
  AND callout_closed >= COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND, '0001-01-01 00:00:00')
  AND callout_closed <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND
  AND callout_closed <= (
    SELECT MAX(last.callout_closed) FROM campaign_phones AS last FORCE INDEX (callout_open)
    WHERE last.i_campaign = :#campaign AND last.finished = 0 AND last.call_uuid IS NULL
      AND last.callout_closed <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
ORDER BY callout_closed, callout_due, campaign_phones.next_call, priority, i_campaign_phone
LIMIT :#limit
FOR UPDATE SKIP LOCKED
