-- The entries, or only those that mean no telephone or have not been read yet.
SELECT number AS text FROM do_not_call WHERE :#all = 1 OR e164 IS NULL
