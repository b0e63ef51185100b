-- Campaigns that are gone, and whose end has no entry yet.
SELECT a.i_campaign FROM audited_campaigns AS a LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
WHERE c.i_campaign IS NULL
