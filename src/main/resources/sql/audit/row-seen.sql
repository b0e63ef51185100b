-- A row as it was last audited.
SELECT state FROM audited_rows WHERE kind = :#kind AND id = :#key FOR UPDATE
