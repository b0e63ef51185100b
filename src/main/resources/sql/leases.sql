-- How long each lease is still valid, in the order of expiry. Negative: it expired that long ago.
SELECT incarnation, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', expires) * 0.000001 AS expires,
  TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), expires) AS left_micros,
  takes
FROM nodes
ORDER BY nodes.expires
