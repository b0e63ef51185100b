-- Erases what calls to the number were told of its owner.
UPDATE destination_list FORCE INDEX (callout_row) SET vars = NULL WHERE callout_row = :#key AND callout_uuid IS NULL
