-- N: the number must not be called now.
UPDATE callout_import AS i JOIN do_not_call AS d ON d.dialled = LOWER(i.dialable)
SET i.verdict = 'N' WHERE i.verdict IS NULL AND (d.expires IS NULL OR d.expires > UTC_TIMESTAMP(3))
