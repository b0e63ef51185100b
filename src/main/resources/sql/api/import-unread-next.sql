-- Some numbers that are to be read.
SELECT i_campaign_phone, cld FROM callout_unread WHERE i_campaign_phone > :#after ORDER BY i_campaign_phone LIMIT :#limit
