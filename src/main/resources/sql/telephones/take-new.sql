-- Takes telephones that nobody has called. Fails at once if another claim takes one of them at this moment. Its rows are values: for
-- few rows, INSERT ... SELECT from a batch takes several times as long.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires, recent) VALUES :#in:rows
