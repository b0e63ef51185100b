-- Removes some numbers of a campaign that is gone; none that is in a call.
DELETE FROM campaign_phones
WHERE i_campaign = :#campaign AND call_uuid IS NULL AND NOT EXISTS (SELECT 1 FROM campaigns AS c WHERE c.i_campaign = :#campaign)
LIMIT :#limit
