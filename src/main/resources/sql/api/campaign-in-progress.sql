-- How many calls the campaign has under way.
SELECT COUNT(*) AS calls FROM campaign_phones FORCE INDEX (callout_in_progress)
WHERE i_campaign = :#key AND call_uuid IS NOT NULL
