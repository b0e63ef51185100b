-- D: the campaign already has the number.
UPDATE callout_import AS i JOIN callout_known AS k ON k.dialable = i.dialable SET i.verdict = 'D' WHERE i.verdict IS NULL
