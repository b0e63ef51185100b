-- The calls in which numbers are; NULL: in none. A number that does not exist, or that no claim has ever taken, has no row.
-- Waits for no lock on the table: the claim is of another one.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT callout_row AS i_campaign_phone, callout_e164 AS e164, callout_uuid AS call_uuid
FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row IN (:#in:rows) AND callout_expires IS NOT NULL
