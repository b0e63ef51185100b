-- Notes that the numbers that a campaign's calling rules keep closed are being judged anew. Waits for no lock.
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
UPDATE campaigns SET closed_by_version = :#judging WHERE i_campaign = :#campaign
