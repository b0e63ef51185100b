-- How many numbers of a campaign are due, due later, in progress and finished.
-- Reads the whole index of the campaign.
SELECT
  COALESCE(SUM(finished = 0 AND call_uuid IS NULL AND callout_closed IS NULL AND COALESCE(
    callout_due <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND, next_call <= FROM_UNIXTIME(:#now), TRUE)), 0) AS due,
  COALESCE(SUM(finished = 0 AND call_uuid IS NULL AND (callout_closed IS NOT NULL OR COALESCE(
    callout_due > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND, next_call > FROM_UNIXTIME(:#now), FALSE))), 0) AS later,
  COALESCE(SUM(call_uuid IS NOT NULL), 0) AS in_progress,
  0 AS elsewhere,
  COALESCE(SUM(finished <> 0 AND call_uuid IS NULL), 0) AS finished
FROM campaign_phones FORCE INDEX (callout_open)
WHERE i_campaign = :#campaign
