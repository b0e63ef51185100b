-- Keeps a new token, unless there is one of that name.
INSERT IGNORE INTO api_tokens (name, role, hash, created_at, created_by, expires)
VALUES (:#name, :#role, :#hash, UTC_TIMESTAMP(3), :#created_by, :#expires)
