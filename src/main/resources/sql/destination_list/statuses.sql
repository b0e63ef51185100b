-- How many numbers of a list have each status for a campaign, and how many of them it calls again.
SELECT status, COUNT(*) AS numbers, SUM(again) AS again
FROM (
  SELECT
    CASE WHEN p.callout_uuid IS NOT NULL THEN IF(p.callout_connect IS NULL, 'trying', 'answer')
      WHEN p.callout_state IN (0, 4) THEN 'idle'
      WHEN p.lastresult IN ('success', 'premature hangup') THEN p.lastresult ELSE 'failure' END AS status,
    p.callout_state IN (1, 2, 3) AND (c.finish_on <=> 0
      OR p.callout_state IN (1, 2) AND p.callout_calls < COALESCE(c.max_attempts, 3)) AS again
  FROM campaigns AS c STRAIGHT_JOIN destination_list AS p
  WHERE c.i_campaign = :#campaign) AS numbers
GROUP BY status ORDER BY status
