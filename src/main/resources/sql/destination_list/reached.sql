-- Those of these telephones that have been reached by any number of the list. A number that somebody has reopened does not count.
-- Whichever campaign it was: a list does not say.
SELECT DISTINCT callout_e164 AS e164
FROM destination_list FORCE INDEX (callout_by_telephone)
WHERE callout_e164 IN (:#in:telephones) AND callout_state = 3 AND :#campaign IS NOT NULL
