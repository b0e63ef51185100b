-- Collects the campaign's numbers that have not been read as telephones, or were read by other rules. They may also be too long.
INSERT INTO callout_unread (i_campaign_phone, cld)
SELECT i_campaign_phone, LEFT(cld, 64) FROM campaign_phones
WHERE i_campaign = :#campaign AND cld IS NOT NULL
  AND (e164_read IS NULL OR e164_read <> CONCAT(:#version, '/', shuffle))
