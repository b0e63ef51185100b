-- Whether the number is in a call, or marked by another dialler.
SELECT COUNT(*) FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row = :#key AND number = :#number AND (callout_uuid IS NOT NULL OR COALESCE(in_use, 0) <> 0)
