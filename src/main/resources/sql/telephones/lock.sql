-- Locks telephones until the transaction ends, and reads which number has called each last, and its earlier calls. One that nobody has called has no row,
-- and those that others have locked are left out. Waits for no lock on the table.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT e164, call_uuid, list, i_campaign_phone, recent,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', expires) * 0.000001 AS expires
FROM telephones FORCE INDEX (PRIMARY)
WHERE e164 IN (:#in:telephones)
FOR UPDATE SKIP LOCKED
