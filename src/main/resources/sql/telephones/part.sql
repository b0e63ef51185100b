-- The last telephone of the next part of the table. NULL if nothing is left.
SELECT MAX(e164) FROM (
  SELECT e164 FROM telephones WHERE e164 > :#after ORDER BY e164 LIMIT :#limit
) AS part
