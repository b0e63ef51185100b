-- Imports the new numbers of some lines, with the telephones that they were read as.
INSERT INTO campaign_phones (i_campaign, cld, callerid, priority, timezone, consent, vars, i_import, e164, e164_read)
SELECT :#campaign, cld, callerid, priority, timezone, consent, vars, :#import, e164, IF(e164 IS NULL, NULL, CONCAT(:#version, '/', CRC32(RTRIM(cld))))
FROM callout_import
WHERE verdict IS NULL AND position > :#after AND position <= :#upTo ORDER BY position
