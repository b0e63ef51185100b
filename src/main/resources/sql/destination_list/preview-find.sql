-- The rows of a list that have this number as it is written.
SELECT callout_row FROM destination_list WHERE number = :#number AND :#campaign IS NOT NULL LIMIT 1000
