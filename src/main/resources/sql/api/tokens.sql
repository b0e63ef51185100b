-- The tokens of the API: all, or the one of that name.
SELECT name, role, hash, CONCAT(LEFT(DATE_FORMAT(created_at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS created_at, created_by,
  CONCAT(LEFT(DATE_FORMAT(expires, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS expires,
  COALESCE(expires <= UTC_TIMESTAMP(3), 0) AS expired,
  CONCAT(LEFT(DATE_FORMAT(last_used, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS last_used
FROM api_tokens
WHERE :#name IS NULL OR name = :#name
ORDER BY name
