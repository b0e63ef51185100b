-- The recordings of calls.
SELECT recording, call_switch FROM call_attempts WHERE call_uuid IN (:#in:calls) AND recording IS NOT NULL ORDER BY recording
