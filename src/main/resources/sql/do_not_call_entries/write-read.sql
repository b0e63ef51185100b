-- Writes which telephone an entry means. NULL: none.
UPDATE do_not_call_entries SET e164 = :#e164, e164_read = :#version, e164_sum = CRC32(written_as)
WHERE i_do_not_call_list = :#list AND written_as = :#text
