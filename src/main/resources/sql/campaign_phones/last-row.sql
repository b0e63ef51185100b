-- The last row. NULL: there are none.
SELECT MAX(i_campaign_phone) FROM campaign_phones
