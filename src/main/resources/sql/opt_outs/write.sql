-- Puts the numbers of callees who have opted out on the do-not-call list for ever, with the call as the reason: as they are stored,
-- and as the telephones that they mean, where these are known. An entry that does not end stays as it is. Whoever owns the call
-- now, the callee has opted out.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
INSERT INTO do_not_call (number, reason)
SELECT o.number, o.reason
FROM (SELECT j.number, CONCAT('opt-out by key in call ', j.call_uuid, ' of campaign ', j.i_campaign) AS reason, j.opt_out
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
      number VARCHAR(64) PATH '$.number',
      i_campaign BIGINT PATH '$.campaign',
      call_uuid VARCHAR(64) PATH '$.call',
      opt_out BOOLEAN PATH '$.opt_out')) AS j
    UNION ALL
    SELECT j.e164, CONCAT('opt-out by key in call ', j.call_uuid, ' of campaign ', j.i_campaign), j.opt_out
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
      e164 VARCHAR(16) PATH '$.e164',
      i_campaign BIGINT PATH '$.campaign',
      call_uuid VARCHAR(64) PATH '$.call',
      opt_out BOOLEAN PATH '$.opt_out')) AS j) AS o
WHERE o.opt_out AND o.number IS NOT NULL
ON DUPLICATE KEY UPDATE reason = IF(do_not_call.expires IS NULL, do_not_call.reason, VALUE(reason)), expires = NULL
