-- Writes which telephone an entry means. NULL: none.
UPDATE do_not_call SET e164 = :#e164, e164_read = :#version, e164_sum = CRC32(number) WHERE number = :#text
