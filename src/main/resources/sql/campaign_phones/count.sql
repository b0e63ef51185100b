-- How many numbers of a campaign are due, are to come later, are in progress and are finished. Reads the whole index of the campaign.
SELECT
  COALESCE(SUM(finished = 0 AND call_uuid IS NULL AND (next_call IS NULL OR next_call <= FROM_UNIXTIME(:#now))), 0) AS due,
  COALESCE(SUM(finished = 0 AND call_uuid IS NULL AND next_call > FROM_UNIXTIME(:#now)), 0) AS later,
  COALESCE(SUM(call_uuid IS NOT NULL), 0) AS in_progress,
  0 AS elsewhere,
  COALESCE(SUM(finished <> 0 AND call_uuid IS NULL), 0) AS finished
FROM campaign_phones FORCE INDEX (callout_by_priority)
WHERE i_campaign = :#campaign
