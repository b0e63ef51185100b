-- Sets a status for the number that was just inserted.
UPDATE campaign_phones SET status = :#status WHERE i_campaign_phone = LAST_INSERT_ID() AND cld = 'callout check'
