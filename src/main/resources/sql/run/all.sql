-- All campaigns.
SELECT i_campaign FROM campaigns ORDER BY i_campaign
