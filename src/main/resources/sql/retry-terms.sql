-- What decides about a campaign's retries. NULL means the default.
SELECT
  COALESCE(max_attempts, 3) AS max_attempts, COALESCE(backoff_sec, 600) AS backoff_sec,
  COALESCE(timeout_sec, 300) AS timeout_sec,
  finish_on <=> 0 AS endless
FROM campaigns
WHERE i_campaign = :#campaign
