-- The last of the next keys.
SELECT MAX(next) FROM (SELECT i_outcome AS next FROM outcome_outbox
  WHERE :#after IS NULL OR i_outcome > :#after ORDER BY i_outcome LIMIT :#limit) AS keys_ahead
