-- Locks some of these numbers, but none that a claim or anybody else has locked, and waits for no lock.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT i_campaign_phone AS id, cld AS number FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone IN (:#in:rows) AND call_uuid IS NULL
FOR UPDATE SKIP LOCKED
