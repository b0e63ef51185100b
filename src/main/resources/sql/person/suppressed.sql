-- Since when the numbers with these hashes must not be called, because their person was erased.
SELECT CONCAT(LEFT(DATE_FORMAT(MIN(erased_at), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') FROM erased_telephones
WHERE hash IN (:#in:hashes)
