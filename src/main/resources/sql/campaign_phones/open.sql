-- Opens numbers that calling rules kept closed.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET rule_not_before = NULL, rule_reason = NULL, rule_version = NULL, callout_rule_inputs = NULL
WHERE i_campaign_phone IN (:#in:rows)
