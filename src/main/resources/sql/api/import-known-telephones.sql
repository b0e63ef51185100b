-- Collects the campaign's telephones that have been read. At READ COMMITTED no row stays locked.
INSERT IGNORE INTO callout_known (telephone)
SELECT e164 FROM campaign_phones
WHERE i_campaign = :#campaign AND e164 IS NOT NULL AND e164_read = CONCAT(:#version, '/', shuffle)
