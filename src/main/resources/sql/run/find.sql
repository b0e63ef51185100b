-- Campaigns in a range of keys.
SELECT i_campaign, name, COALESCE(paused, 0) <> 0 AS paused, calls_made,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', run_started) * 0.000001 AS run_started,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', run_ended) * 0.000001 AS run_ended
FROM campaigns
WHERE i_campaign BETWEEN :#first AND :#last
ORDER BY i_campaign
