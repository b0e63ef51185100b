-- When these calls were sent and when their conversations ended, as far as they are recorded.
SELECT call_uuid,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', setup_time) * 0.000001 AS sent,
  IF(connect_time IS NULL, NULL, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00',
    COALESCE(disconnect_time, connect_time)) * 0.000001) AS talked_until
FROM call_attempts FORCE INDEX (PRIMARY)
WHERE call_uuid IN (:#in:calls) AND setup_time IS NOT NULL
