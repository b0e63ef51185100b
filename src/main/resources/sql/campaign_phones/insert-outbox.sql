-- Puts the ended calls of a batch into the outbox, each with its element of the batch as the outcome. It comes before the attempts
-- are inserted: a call that is no longer its number's, and whose attempt is recorded, is in the outbox already.
-- Leaves out calls that another node is taking over or has taken over: then only that node may record the end.
-- Takes all locks of rows before the first row is put in: from then on nobody else gets an id of the table until it has ended.
-- Waits for a lock for as many seconds as the parameter says, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number, outcome)
SELECT SQL_BUFFER_RESULT UTC_TIMESTAMP(3), j.call_uuid, j.i_campaign, '', j.id, j.number, j.outcome
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    i_campaign BIGINT PATH '$.campaign',
    number VARCHAR(255) PATH '$.number',
    call_uuid VARCHAR(64) PATH '$.call',
    owner VARCHAR(64) PATH '$.owner',
    ended BOOLEAN PATH '$.ended',
    outcome JSON PATH '$')) AS j
  LEFT JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
WHERE j.ended AND NOT (p.call_uuid <=> j.call_uuid AND NOT p.owner <=> j.owner)
  AND (p.call_uuid <=> j.call_uuid OR NOT EXISTS (SELECT 1 FROM call_attempts AS a WHERE a.call_uuid = j.call_uuid))
FOR UPDATE
