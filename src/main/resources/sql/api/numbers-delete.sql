-- Some of the numbers of a campaign that has been deleted.
DELETE FROM campaign_phones WHERE i_campaign = :#campaign LIMIT 10000
