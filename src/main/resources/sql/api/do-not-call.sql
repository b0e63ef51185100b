-- A page of the do-not-call list.
SELECT number, reason, CONCAT(LEFT(DATE_FORMAT(expires, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS expires, e164 FROM do_not_call
WHERE number > :#after AND (:#number IS NULL OR number = :#number OR dialled = :#dialled OR e164 = :#e164)
ORDER BY number LIMIT :#limit
