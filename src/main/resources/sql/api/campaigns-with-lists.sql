-- Campaigns that dial from a table of their own.
SELECT i_campaign, destination_list FROM campaigns WHERE TRIM(destination_list) <> SPACE(0) ORDER BY i_campaign
