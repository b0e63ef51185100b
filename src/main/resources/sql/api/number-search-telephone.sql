-- Numbers of one campaign or of all that are known to mean this telephone, each with the country of its campaign.
SELECT
  c.country,
  -- include api/numbers number
FROM campaign_phones AS p FORCE INDEX (callout_by_telephone) LEFT JOIN campaigns AS c ON c.i_campaign = p.i_campaign
WHERE p.e164 = CONVERT(:#telephone USING ascii) COLLATE ascii_bin
  AND (:#campaign IS NULL OR p.i_campaign = :#campaign) AND (:#status IS NULL OR COALESCE(p.status, 'idle') = :#status)
  AND (:#cause IS NULL OR p.hangup_cause = :#cause)
ORDER BY p.i_campaign_phone
LIMIT 1000
