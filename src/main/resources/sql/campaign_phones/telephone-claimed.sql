-- What a claim of a campaign with a country writes in addition, in place of the comment that mark-claimed.sql has for it. What rules
-- have said of the number before must not count again when it is as it was then.
, rule_not_before = NULL, rule_reason = NULL, rule_version = NULL, callout_rule_inputs = NULL
