-- Corrects the count of a campaign by what was found missing, unless somebody else has corrected it in the meantime.
-- Assignments run from left to right.
INSERT INTO campaign_lines (i_campaign, list, owner, claimed, version)
VALUES (:#campaign, :#list, '', :#missing, 1)
ON DUPLICATE KEY UPDATE
  claimed = claimed + IF(version = :#version, VALUES(claimed), 0),
  version = version + (version = :#version)
