-- Locks one number of a list.
SELECT callout_row FROM destination_list FORCE INDEX (callout_row) WHERE callout_row = :#key FOR UPDATE
