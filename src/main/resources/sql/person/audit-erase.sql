-- Erases the number of an entry, and the reason that may tell of the person. Who did what and when stays.
UPDATE audit SET object = 'erased', changes = NULL WHERE i_audit = :#key
