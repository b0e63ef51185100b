-- How many entries a list has, and how many of them are still to be read.
SELECT COUNT(*) AS entries, SUM(NOT (e164_known <=> :#version)) AS unread
FROM do_not_call_entries FORCE INDEX (callout_e164_known)
WHERE i_do_not_call_list = :#list
