-- Adds a number, or replaces the reason and the end of its entry.
INSERT INTO do_not_call (number, reason, expires) VALUES (:#number, :#reason, :#expires)
ON DUPLICATE KEY UPDATE reason = VALUE(reason), expires = VALUE(expires)
