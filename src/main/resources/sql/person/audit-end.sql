-- The last of the next keys.
SELECT MAX(next) FROM (SELECT i_audit AS next FROM audit
  WHERE :#after IS NULL OR i_audit > :#after ORDER BY i_audit LIMIT :#limit) AS keys_ahead
