-- The last of so many attempts (part) that ended before another one, back in time.
SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', l.disconnect_time) DIV 1000 AS ended_ms, l.call_uuid
FROM (SELECT disconnect_time, call_uuid FROM call_attempts FORCE INDEX (callout_ended)
    WHERE disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#since SECOND
      AND disconnect_time <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND
      AND (disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND OR call_uuid < :#call)
    ORDER BY disconnect_time DESC, call_uuid DESC LIMIT :#part) AS l
ORDER BY l.disconnect_time, l.call_uuid
LIMIT 1
