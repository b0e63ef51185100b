-- When the oldest attempt ended (UTC).
SELECT MIN(disconnect_time) FROM call_attempts
