-- The last row. NULL: there are none.
SELECT MAX(callout_row) FROM destination_list
