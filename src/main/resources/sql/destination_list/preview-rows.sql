-- The rows of a list, read from one index.
SELECT callout_row FROM destination_list FORCE INDEX (callout_row) WHERE :#campaign IS NOT NULL
