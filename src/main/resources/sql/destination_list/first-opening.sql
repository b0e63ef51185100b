-- When the first of the numbers opens that calling rules keep closed, and why it is closed. No row: there are none.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_closed) * 0.000001 AS opening, callout_rule_reason AS reason
FROM destination_list FORCE INDEX (callout_by_opening)
WHERE :#campaign IS NOT NULL AND callout_closed >= TIMESTAMP'0001-01-01 00:00:00'
ORDER BY callout_closed LIMIT 1
