-- Locks some of these numbers, but none that a claim or anybody else has locked, and waits for no lock.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT callout_row AS id, number FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row IN (:#in:rows) AND callout_uuid IS NULL AND COALESCE(in_use, 0) = 0
FOR UPDATE SKIP LOCKED
