-- D: an earlier line has the same number.
UPDATE callout_import AS i JOIN (
  SELECT telephone, MIN(position) AS position FROM callout_import GROUP BY telephone HAVING COUNT(*) > 1) AS earliest
  ON earliest.telephone = i.telephone
SET i.verdict = 'D' WHERE i.verdict IS NULL AND i.position > earliest.position
