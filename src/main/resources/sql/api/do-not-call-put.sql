-- Adds numbers, or changes the reasons of their entries. No entry ends sooner than before.
INSERT INTO do_not_call (number, reason, expires, e164, e164_read, e164_sum)
SELECT number, reason, expires, e164, e164_read, IF(e164_read IS NULL, NULL, CRC32(number))
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
  number VARCHAR(64) PATH '$.number', reason VARCHAR(255) PATH '$.reason', expires VARCHAR(32) PATH '$.expires',
  e164 VARCHAR(16) PATH '$.e164', e164_read VARCHAR(32) PATH '$.e164_read')) AS entries
ON DUPLICATE KEY UPDATE reason = VALUE(reason),
  expires = IF(do_not_call.expires IS NULL OR VALUE(expires) IS NULL, NULL, GREATEST(do_not_call.expires, VALUE(expires))),
  e164 = VALUE(e164), e164_read = VALUE(e164_read), e164_sum = VALUE(e164_sum)
