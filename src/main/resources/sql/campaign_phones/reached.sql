-- Those of these telephones that the campaign has reached by any of its numbers. A number that somebody has reopened does not count.
SELECT DISTINCT e164
FROM campaign_phones FORCE INDEX (callout_by_telephone)
WHERE e164 IN (:#in:telephones) AND i_campaign = :#campaign AND call_uuid IS NULL AND finished <> 0 AND status = 'success'
