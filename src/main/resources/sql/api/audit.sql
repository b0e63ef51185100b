-- A page of the audit, the latest first. Texts are sought from their beginning.
SELECT i_audit, CONCAT(LEFT(DATE_FORMAT(at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS at, who, source, action, object, changes
FROM audit
WHERE (:#after IS NULL OR i_audit < :#after)
  AND (:#who IS NULL OR LEFT(who, CHAR_LENGTH(:#who)) = :#who)
  AND (:#action IS NULL OR LEFT(action, CHAR_LENGTH(:#action)) = :#action)
  AND (:#object IS NULL OR LEFT(object, CHAR_LENGTH(:#object)) = :#object)
ORDER BY i_audit DESC
LIMIT :#limit
