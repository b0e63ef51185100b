-- The calls in which numbers are; NULL: in none. A number that does not exist, or that no claim has ever taken, has no row.
-- Waits for no lock on the table.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT i_campaign_phone, e164, call_uuid
FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone IN (:#in:rows) AND callout_expires IS NOT NULL
