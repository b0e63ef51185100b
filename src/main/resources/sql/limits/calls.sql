-- Who has how many calls of a limit. Runs while the row of the limit in limit_instants is locked.
SELECT c.owner, c.calls, n.incarnation IS NULL AS lost
FROM limit_calls AS c LEFT JOIN nodes AS n ON n.incarnation = c.owner
WHERE c.limited = :#limited
