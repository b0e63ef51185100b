-- Closes picked numbers until calling rules may open them. inputs is what the number was when it was judged: if somebody changes it,
-- it is open again.
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    inputs BIGINT UNSIGNED PATH '$.inputs',
    not_before DECIMAL(20,6) PATH '$.not_before',
    reason VARCHAR(190) PATH '$.reason')) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
SET p.rule_not_before = COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.not_before SECOND, '9999-12-31'),
  p.rule_reason = j.reason, p.rule_version = :#version, p.callout_rule_inputs = j.inputs
WHERE p.call_uuid IS NULL
