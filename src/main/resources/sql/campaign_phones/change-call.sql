-- Moves a number in progress from one call of its attempt to another: from a leg to the next, or back.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE campaign_phones FORCE INDEX (PRIMARY) SET call_uuid = :#to
WHERE i_campaign_phone = :#row AND call_uuid = :#from AND owner = :#owner
