-- The calls of a batch that have their sent mark.
-- Waits for no lock, because others wait behind it.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT p.callout_uuid
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    call_uuid VARCHAR(64) PATH '$.call')) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
WHERE p.callout_uuid = j.call_uuid AND p.callout_owner = :#owner AND p.callout_switch IS NOT NULL
