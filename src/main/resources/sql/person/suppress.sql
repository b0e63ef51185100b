-- Keeps a number from being called again. Who is erased once more, stays erased since the first time.
INSERT IGNORE INTO erased_telephones (hash, key_sum, erased_at)
SELECT hash, :#sum, UTC_TIMESTAMP(3) FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (hash CHAR(64) PATH '$.hash')) AS j
