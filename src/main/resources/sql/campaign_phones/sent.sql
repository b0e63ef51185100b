-- The calls of a batch that have their sent mark.
-- Waits for no lock, because others wait behind it.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT p.call_uuid
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    call_uuid VARCHAR(64) PATH '$.call')) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
WHERE p.call_uuid = j.call_uuid AND p.owner = :#owner AND p.call_switch IS NOT NULL
