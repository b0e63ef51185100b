-- Erases an entry.
DELETE FROM do_not_call WHERE number = :#key
