-- Collects the campaign's numbers. At READ COMMITTED no row stays locked.
INSERT IGNORE INTO callout_known (telephone)
SELECT REGEXP_REPLACE(cld, '[\\p{Z}\\t()./-]', '') FROM campaign_phones WHERE i_campaign = :#campaign AND cld IS NOT NULL
