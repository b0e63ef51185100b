-- Deletes the counts of a campaign.
DELETE FROM campaign_lines WHERE i_campaign = :#campaign
