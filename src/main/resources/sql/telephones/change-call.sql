-- Moves a telephone from one call of an attempt to another, in the transaction that moves its number.
-- Waits for claims, which hold its row for milliseconds only.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 0 FOR
UPDATE telephones FORCE INDEX (PRIMARY)
SET call_uuid = :#to, expires = GREATEST(expires, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND)
WHERE e164 = :#e164 AND call_uuid = :#from
