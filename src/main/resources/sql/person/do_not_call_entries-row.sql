-- Everything about one entry, whose key is that of its list, a colon, and the number. Times are UTC.
SELECT l.name AS list, l.source, l.loaded_at, e.* FROM do_not_call_entries AS e JOIN do_not_call_lists AS l USING (i_do_not_call_list)
WHERE e.i_do_not_call_list = SUBSTRING_INDEX(:#key, ':', 1) AND e.written_as = SUBSTRING(:#key, LOCATE(':', :#key) + 1)
