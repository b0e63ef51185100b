-- Counts lines of a campaign that an owner no longer uses.
INSERT INTO campaign_lines (i_campaign, list, owner, ended)
VALUES (:#campaign, :#list, :#owner, :#numbers)
ON DUPLICATE KEY UPDATE ended = ended + VALUES(ended)
