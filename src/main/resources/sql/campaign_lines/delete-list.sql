-- Deletes the counts of a list that does not exist.
DELETE FROM campaign_lines WHERE list = :#list
