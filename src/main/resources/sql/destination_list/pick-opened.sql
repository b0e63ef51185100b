-- Numbers that calling rules kept closed until an instant that has passed, in the order of these instants.
SELECT callout_row AS i_campaign_phone,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_closed) * 0.000001 AS closed
FROM destination_list FORCE INDEX (callout_by_opening)
WHERE callout_closed >= COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND, '0001-01-01 00:00:00')
  AND callout_closed <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND AND :#campaign IS NOT NULL
ORDER BY callout_closed, callout_row
LIMIT :#limit
FOR UPDATE SKIP LOCKED
