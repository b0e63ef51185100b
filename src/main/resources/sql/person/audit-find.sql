-- Entries with these keys that may be about the person: those of the do-not-call list. Behind the number they may name a list.
SELECT i_audit AS row_key, SUBSTRING_INDEX(object, '?', 1) AS number, NULL AS country, 0 AS up FROM audit
WHERE (:#after IS NULL OR i_audit > :#after) AND i_audit <= :#upTo AND action IN ('do-not-call.put', 'do-not-call.remove', 'do-not-call.opt-out')
  AND REGEXP_REPLACE(SUBSTRING_INDEX(object, '?', 1), '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%')
