-- The earliest last call among the numbers for a campaign that never ends: of those that Callout wrote, and of others.
(SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_called_at) * 0.000001 AS lastcall
  FROM destination_list FORCE INDEX (callout_by_called)
  WHERE callout_called = 1 AND callout_called_at IS NOT NULL
  ORDER BY callout_called_at
  LIMIT 1)
UNION ALL
(SELECT UNIX_TIMESTAMP(lastcall) AS lastcall
  FROM destination_list FORCE INDEX (callout_by_called)
  WHERE callout_called = 1 AND callout_called_at IS NULL
  ORDER BY destination_list.lastcall
  LIMIT 1)
