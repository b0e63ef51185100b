-- Deletes a calling rule. Its caps must have been deleted before.
DELETE FROM calling_rules WHERE i_calling_rule = :#key
