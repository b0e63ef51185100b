-- Sets how many calls of a limit an owner has.
INSERT INTO limit_calls (limited, owner, calls) VALUES (:#limited, :#owner, :#calls)
ON DUPLICATE KEY UPDATE calls = VALUES(calls)
