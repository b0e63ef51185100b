-- Deletes all caps of a calling rule.
DELETE FROM calling_caps WHERE i_calling_rule = :#key
