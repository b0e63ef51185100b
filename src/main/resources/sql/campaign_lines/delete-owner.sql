-- Deletes the counts of an owner. What it ends after that is corrected later.
DELETE FROM campaign_lines WHERE list = :#list AND owner = :#lost
