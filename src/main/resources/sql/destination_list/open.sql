-- Opens numbers that calling rules kept closed.
UPDATE destination_list FORCE INDEX (callout_row)
SET callout_rule_not_before = NULL, callout_rule_reason = NULL, callout_rule_version = NULL, callout_rule_inputs = NULL
WHERE callout_row IN (:#in:rows)
