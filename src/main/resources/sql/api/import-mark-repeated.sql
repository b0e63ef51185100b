-- D: an earlier line has the same number.
UPDATE callout_import AS i JOIN (
  SELECT dialable, MIN(position) AS position FROM callout_import GROUP BY dialable HAVING COUNT(*) > 1) AS earliest
  ON earliest.dialable = i.dialable
SET i.verdict = 'D' WHERE i.verdict IS NULL AND i.position > earliest.position
