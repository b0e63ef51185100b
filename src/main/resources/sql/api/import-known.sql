-- Read as committed, so that no row stays locked.
INSERT IGNORE INTO callout_known (dialable)
SELECT REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
    cld, ' ', ''), '\t', ''), _utf8mb4 x'C2A0', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', '')
FROM campaign_phones WHERE i_campaign = :#campaign AND cld IS NOT NULL
