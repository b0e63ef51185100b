-- Writes telephones that this transaction has taken. Its rows are values, as in take.sql.
INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires, recent) VALUES :#in:rows
ON DUPLICATE KEY UPDATE call_uuid = VALUES(call_uuid), i_campaign = VALUES(i_campaign), list = VALUES(list),
  i_campaign_phone = VALUES(i_campaign_phone), expires = VALUES(expires), recent = NULLIF(VALUES(recent), SPACE(0))
