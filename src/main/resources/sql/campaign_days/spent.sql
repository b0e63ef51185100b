-- What a campaign has spent on a day, and how many seconds ago the calls were first counted that had ended before the limit was set.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT COALESCE(SUM(billed_sec), 0) AS billed_sec, COALESCE(SUM(cost), 0) AS cost,
  MAX(IF(owner = '', TIMESTAMPDIFF(SECOND, made_at, UTC_TIMESTAMP(3)), NULL)) AS age_sec
FROM campaign_days WHERE i_campaign = :#campaign AND day = :#day
