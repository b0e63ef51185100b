-- Takes telephones that nobody has called, in the order given, except those that another claim takes at this moment. Its rows are
-- values: for few rows, INSERT ... SELECT from a batch takes several times as long.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
INSERT IGNORE INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires) VALUES :#in:rows
