-- Marks the uncharged attempts of a batch, unless their numbers already have as many of them as are allowed. Those stay charged,
-- and get the delay that was decided for this case. Leaves out calls that another node has taken over: that node has decided.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
UPDATE (
    SELECT j.call_uuid, j.cause, j.most, j.retry_sec, COUNT(o.call_uuid) AS others
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
        id BIGINT PATH '$.id',
        i_campaign BIGINT PATH '$.campaign',
        call_uuid VARCHAR(64) PATH '$.call',
        owner VARCHAR(64) PATH '$.owner',
        cause TEXT PATH '$.cause',
        most INT PATH '$.if_spent.most',
        retry_sec DECIMAL(12,3) PATH '$.if_spent.retry_sec')) AS j
      LEFT JOIN call_attempts AS o FORCE INDEX (callout_number)
        ON o.i_campaign = j.i_campaign AND o.i_campaign_phone = j.id AND o.charged = 0 AND o.call_uuid <> j.call_uuid
        AND o.status <> 'next leg'
      LEFT JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
    WHERE j.most IS NOT NULL AND (p.callout_row IS NULL OR p.callout_uuid = j.call_uuid AND p.callout_owner = j.owner)
    GROUP BY j.call_uuid, j.cause, j.most, j.retry_sec) AS n
  STRAIGHT_JOIN call_attempts AS a FORCE INDEX (PRIMARY) ON a.call_uuid = n.call_uuid
SET a.charged = n.others >= n.most, a.retry_sec = IF(n.others >= n.most, n.retry_sec, a.retry_sec)
WHERE a.hangup_cause = n.cause
