-- The rows of a campaign that are known to mean this telephone.
SELECT i_campaign_phone FROM campaign_phones FORCE INDEX (callout_by_telephone)
WHERE i_campaign = :#campaign AND e164 = CONVERT(:#number USING ascii) COLLATE ascii_bin
LIMIT 1000
