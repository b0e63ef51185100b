-- Removes a number of a list, unless a call to it is in progress, here or by another dialler.
DELETE FROM destination_list WHERE callout_row = :#key AND callout_uuid IS NULL AND COALESCE(in_use, 0) = 0
