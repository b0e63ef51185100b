-- Locks the calling rule against other changes until the transaction ends.
SELECT i_calling_rule FROM calling_rules WHERE i_calling_rule = :#key FOR UPDATE
