-- Forgets a row whose end has been audited.
DELETE FROM audited_rows WHERE kind = :#kind AND id = :#key
