-- How many attempts have ended since an instant, by campaign, by the steps in which they ended and were set up, and by status. Steps
-- are numbered from 1970. An attempt of several legs counts by its last one.
SELECT i_campaign, TIMESTAMPDIFF(SECOND, TIMESTAMP'1970-01-01 00:00:00', disconnect_time) DIV :#step AS ended,
  TIMESTAMPDIFF(SECOND, TIMESTAMP'1970-01-01 00:00:00', setup_time) DIV :#step AS made, status, COUNT(*) AS calls
FROM call_attempts FORCE INDEX (callout_ended)
WHERE disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND AND kind IS NULL AND status <> 'next leg'
GROUP BY i_campaign, ended, made, status
