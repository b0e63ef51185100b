-- Records the attempts of a batch that were made and have ended, even if the rows of their numbers no longer exist.
-- Leaves out calls that another node is taking over or has taken over: then only that node may record the end.
-- Waits for a lock for as many seconds as the parameter says, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
INSERT IGNORE INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt,
  setup_time, connect_time, disconnect_time, status, hangup_cause, q850, sip_status, call_switch, retry_sec,
  call_gateway, i_call_base, zone, caller_id, consent, i_import, leg, charged, billed_sec, cost, digits, menu_answer, answered_by, amd_ms,
  hand_over, agent, waited_ms, talked_ms, abandoned, recording)
SELECT j.call_uuid, j.i_campaign, j.id, j.number, j.attempt,
  TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.setup_time SECOND,
    TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.connect_time SECOND,
  TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.disconnect_time SECOND, j.status, j.cause, j.q850, j.sip, j.call_switch,
  j.retry_sec, j.call_gateway, j.base, LEFT(j.zone, 255), LEFT(j.caller_id, 64), LEFT(p.consent, 255), p.i_import,
  COALESCE(j.leg, 1), j.status <> 'next leg', j.billed_sec, j.cost, j.digits, j.menu_answer, j.answered_by, j.amd_ms,
  j.hand_over, j.agent, j.waited_ms, j.talked_ms, j.abandoned, j.recording
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    i_campaign BIGINT PATH '$.campaign',
    number VARCHAR(255) PATH '$.number',
    call_uuid VARCHAR(64) PATH '$.call',
    owner VARCHAR(64) PATH '$.owner',
    attempt INT PATH '$.attempt',
    leg INT PATH '$.leg',
    status VARCHAR(32) PATH '$.status',
    setup_time DECIMAL(20,6) PATH '$.setup',
    connect_time DECIMAL(20,6) PATH '$.connect',
    disconnect_time DECIMAL(20,6) PATH '$.disconnect',
    cause TEXT PATH '$.cause',
    q850 INT PATH '$.q850',
    sip INT PATH '$.sip',
    call_switch VARCHAR(64) PATH '$.switch',
    call_gateway VARCHAR(130) PATH '$.gateway',
    retry_sec DECIMAL(12,3) PATH '$.retry_sec',
    base BIGINT PATH '$.base',
    billed_sec INT PATH '$.billed_sec',
    cost DECIMAL(18,6) PATH '$.cost',
    digits VARCHAR(64) PATH '$.digits',
    menu_answer VARCHAR(32) PATH '$.menu_answer',
    answered_by VARCHAR(16) PATH '$.answered_by',
    amd_ms INT PATH '$.amd_ms',
    hand_over VARCHAR(16) PATH '$.hand_over',
    agent VARCHAR(128) PATH '$.agent',
    waited_ms BIGINT PATH '$.waited_ms',
    talked_ms BIGINT PATH '$.talked_ms',
    abandoned BOOLEAN PATH '$.abandoned',
    recording VARCHAR(255) PATH '$.recording',
    zone TEXT PATH '$.zone',
    caller_id TEXT PATH '$.caller_id',
    ended BOOLEAN PATH '$.ended')) AS j
  LEFT JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
WHERE j.ended AND j.setup_time IS NOT NULL AND NOT (p.call_uuid <=> j.call_uuid AND NOT p.owner <=> j.owner)
FOR UPDATE
