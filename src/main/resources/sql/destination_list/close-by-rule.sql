-- Closes picked numbers until calling rules may open them. inputs is what the number was when it was judged: if somebody changes it,
-- it is open again.
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    inputs BIGINT UNSIGNED PATH '$.inputs',
    not_before DECIMAL(20,6) PATH '$.not_before',
    reason VARCHAR(190) PATH '$.reason')) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
SET p.in_use = 0, p.callout_rule_not_before = COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.not_before SECOND, '9999-12-31'),
  p.callout_rule_reason = j.reason, p.callout_rule_version = :#version, p.callout_rule_inputs = j.inputs
WHERE p.callout_uuid IS NULL
