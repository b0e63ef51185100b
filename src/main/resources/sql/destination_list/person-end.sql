-- The last of the next rows.
SELECT MAX(next) FROM (SELECT callout_row AS next FROM destination_list FORCE INDEX (callout_row)
  WHERE :#after IS NULL OR callout_row > :#after ORDER BY callout_row LIMIT :#limit) AS keys_ahead
