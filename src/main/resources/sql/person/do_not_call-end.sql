-- The last of the next keys.
SELECT MAX(next) FROM (SELECT number AS next FROM do_not_call
  WHERE :#after IS NULL OR number > :#after ORDER BY number LIMIT :#limit) AS keys_ahead
