-- Gives the number that was just inserted a status.
UPDATE campaign_phones SET status = :#status WHERE i_campaign_phone = LAST_INSERT_ID() AND cld = 'callout check'
