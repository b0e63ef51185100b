-- Erases an entry, whose key is that of its list, a colon, and the number.
DELETE FROM do_not_call_entries
WHERE i_do_not_call_list = SUBSTRING_INDEX(:#key, ':', 1) AND written_as = SUBSTRING(:#key, LOCATE(':', :#key) + 1)
