-- The rows of a list that are known to mean this telephone.
SELECT callout_row FROM destination_list FORCE INDEX (callout_by_telephone)
WHERE callout_e164 = CONVERT(:#number USING ascii) COLLATE ascii_bin AND :#campaign IS NOT NULL
LIMIT 1000
