-- How many numbers of a campaign are claimed on all nodes and have no sent mark.
SELECT COUNT(*) FROM campaign_phones FORCE INDEX (callout_by_due)
WHERE i_campaign = :#campaign AND call_uuid IS NOT NULL AND call_switch IS NULL
