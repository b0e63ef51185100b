-- Notes that tokens have been used, at most once a minute for each.
UPDATE api_tokens SET last_used = UTC_TIMESTAMP(3)
WHERE name IN (:#in:names) AND (last_used IS NULL OR last_used < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE)
