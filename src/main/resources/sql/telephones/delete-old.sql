-- Deletes telephones whose last calls ended before an instant, unless they have been called since. Waits for no lock.
SET STATEMENT innodb_lock_wait_timeout = 0, lock_wait_timeout = 0 FOR
DELETE FROM telephones
WHERE e164 IN (:#in:telephones) AND expires < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#before SECOND
