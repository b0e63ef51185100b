-- Moves a number in progress from one call of its attempt to another: from a leg to the next, or back.
-- Waits for no lock, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
UPDATE destination_list FORCE INDEX (callout_row) SET callout_uuid = :#to
WHERE callout_row = :#row AND callout_uuid = :#from AND callout_owner = :#owner
