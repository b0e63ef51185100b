-- Adds the rows of a campaign that its claims and its owner need.
INSERT IGNORE INTO campaign_lines (i_campaign, list, owner)
VALUES (:#campaign, :#list, ''), (:#campaign, :#list, :#owner)
