-- The longest back-off of all campaigns, in seconds.
SELECT COALESCE(MAX(COALESCE(backoff_sec, 600)), 600) FROM campaigns
