-- The time zones of campaigns.
SELECT DISTINCT timezone FROM campaigns
