-- From now on, or with another reason and end.
INSERT INTO do_not_call (number, reason, expires) VALUES (:#number, :#reason, :#expires)
ON DUPLICATE KEY UPDATE reason = VALUE(reason), expires = VALUE(expires)
