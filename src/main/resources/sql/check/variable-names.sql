-- The names of the variables that the next thousand open numbers of a campaign have, each list of names once.
SELECT DISTINCT JSON_KEYS(n.vars) AS names
FROM (SELECT p.vars FROM campaign_phones AS p FORCE INDEX (callout_open)
  WHERE p.i_campaign = :#campaign AND p.finished = 0 LIMIT 1000) AS n
