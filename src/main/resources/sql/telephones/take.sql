-- Takes telephones for calls, locks them until the transaction ends, and returns who has called each before: previous and recent are
-- NULL if nobody has. Fails at once if somebody else has locked one of them. Its rows are values: for few rows, INSERT ... SELECT from a
-- batch takes several times as long.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires) VALUES :#in:rows
ON DUPLICATE KEY UPDATE
  previous = CONCAT_WS('/', call_uuid, i_campaign, i_campaign_phone, expires, list), recent = CONCAT_WS(' ', recent, call_uuid),
  call_uuid = VALUES(call_uuid), i_campaign = VALUES(i_campaign), list = VALUES(list),
  i_campaign_phone = VALUES(i_campaign_phone), expires = VALUES(expires)
RETURNING e164, previous, recent
