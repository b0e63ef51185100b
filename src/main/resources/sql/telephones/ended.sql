-- Those of these calls that are known to have ended.
SELECT call_uuid FROM call_attempts FORCE INDEX (PRIMARY) WHERE call_uuid IN (:#in:calls)
