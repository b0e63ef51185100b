-- How many entries there are, and how many of them are still to be read.
SELECT COUNT(*) AS entries, SUM(NOT (e164_known <=> :#version)) AS unread FROM do_not_call FORCE INDEX (callout_e164_known)
