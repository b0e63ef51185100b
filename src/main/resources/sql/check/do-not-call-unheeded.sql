-- Entries that match no dialable number.
SELECT COUNT(*) FROM do_not_call WHERE dialled NOT REGEXP '^[a-z0-9_+*#!~]+$'
