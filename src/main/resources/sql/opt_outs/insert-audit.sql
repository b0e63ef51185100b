-- Audits the opt-outs of a batch that change the do-not-call list, before they are written there.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
INSERT INTO audit (at, who, action, object, changes)
SELECT UTC_TIMESTAMP(3), 'Callout', 'do-not-call.opt-out', j.number,
  JSON_OBJECT('call_uuid', j.call_uuid, 'i_campaign', j.i_campaign)
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    number VARCHAR(64) PATH '$.number',
    i_campaign BIGINT PATH '$.campaign',
    call_uuid VARCHAR(64) PATH '$.call',
    opt_out BOOLEAN PATH '$.opt_out')) AS j
WHERE j.opt_out AND NOT EXISTS (
  SELECT 1 FROM do_not_call AS d FORCE INDEX (callout_dialled) WHERE d.dialled = LOWER(j.number) AND d.expires IS NULL)
