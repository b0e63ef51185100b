-- The last row of the next part of the table. NULL if nothing is left.
SELECT MAX(id) FROM (
  SELECT callout_row AS id FROM destination_list WHERE callout_row > :#after ORDER BY callout_row LIMIT :#limit
) AS part
