-- Imports the new numbers of some lines.
INSERT INTO campaign_phones (i_campaign, cld, callerid, priority)
SELECT :#campaign, cld, callerid, priority FROM callout_import
WHERE verdict IS NULL AND position > :#after AND position <= :#upTo ORDER BY position
