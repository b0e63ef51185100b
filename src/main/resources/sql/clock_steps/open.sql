-- Steps whose retries have not all been put off.
SELECT step, list, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', seen) * 0.000001 AS seen, micros
FROM clock_steps
WHERE shifted_to IS NOT NULL
ORDER BY step, list
