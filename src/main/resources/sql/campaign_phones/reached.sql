-- Those of these telephones that the campaign has reached by any of its numbers. A number that somebody has reopened does not count.
-- Not of interest are these rows, which are open; the server passes their index entries by without reading them.
SELECT DISTINCT e164
FROM campaign_phones FORCE INDEX (callout_by_telephone)
WHERE e164 IN (:#in:telephones) AND i_campaign = :#campaign AND call_uuid IS NULL AND finished <> 0 AND status = 'success'
  AND i_campaign_phone NOT IN (:#in:rows)
