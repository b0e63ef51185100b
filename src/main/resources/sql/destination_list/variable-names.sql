-- The names of the variables that a thousand fresh numbers of the list have, each list of names once.
SELECT DISTINCT JSON_KEYS(n.vars) AS names
FROM (SELECT p.vars FROM destination_list AS p FORCE INDEX (callout_sequential) WHERE p.callout_state = 0 LIMIT 1000) AS n
