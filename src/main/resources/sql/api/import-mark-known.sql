-- D: the campaign already has the number.
UPDATE callout_import AS i JOIN callout_known AS k ON k.telephone = i.telephone SET i.verdict = 'D' WHERE i.verdict IS NULL
