-- Adds the bills of a batch that are not counted yet to those of their campaigns and days.
SET STATEMENT innodb_lock_wait_timeout = :#wait, lock_wait_timeout = 0 FOR
INSERT INTO campaign_days (i_campaign, day, owner, billed_sec, cost)
SELECT a.i_campaign, j.bill_day, j.owner, SUM(a.billed_sec), SUM(COALESCE(a.cost, 0))
FROM (SELECT b.call_uuid, MIN(b.owner) AS owner, MIN(b.bill_day) AS bill_day
    FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
      call_uuid VARCHAR(64) PATH '$.call',
      owner VARCHAR(64) PATH '$.owner',
      bill_day DATE PATH '$.bill_day')) AS b
    WHERE b.bill_day IS NOT NULL GROUP BY b.call_uuid) AS j
  STRAIGHT_JOIN call_attempts AS a FORCE INDEX (PRIMARY) ON a.call_uuid = j.call_uuid
WHERE a.bill_day IS NULL AND a.billed_sec > 0
GROUP BY a.i_campaign, j.bill_day, j.owner
ON DUPLICATE KEY UPDATE campaign_days.billed_sec = campaign_days.billed_sec + VALUES(billed_sec),
  campaign_days.cost = campaign_days.cost + VALUES(cost)
