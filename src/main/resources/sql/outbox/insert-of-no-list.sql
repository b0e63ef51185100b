-- Puts the ended calls of a batch into the outbox although their destination list no longer exists.
INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number, outcome)
SELECT UTC_TIMESTAMP(3), j.call_uuid, j.i_campaign, j.list, j.id, j.number, j.outcome
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    i_campaign BIGINT PATH '$.campaign',
    number VARCHAR(255) PATH '$.number',
    call_uuid VARCHAR(64) PATH '$.call',
    list VARCHAR(64) PATH '$.list',
    ended BOOLEAN PATH '$.ended',
    outcome JSON PATH '$')) AS j
WHERE j.ended AND NOT EXISTS (SELECT 1 FROM call_attempts AS a WHERE a.call_uuid = j.call_uuid)
