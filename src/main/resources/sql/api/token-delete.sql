-- Revokes a token.
DELETE FROM api_tokens WHERE name = :#name
