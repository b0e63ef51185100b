-- The last of the next keys.
SELECT MAX(next) FROM (SELECT call_uuid AS next FROM call_attempts
  WHERE :#after IS NULL OR call_uuid > :#after ORDER BY call_uuid LIMIT :#limit) AS keys_ahead
