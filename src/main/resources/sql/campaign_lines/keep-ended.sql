-- Adds the counts of an owner without node to the rows without owner, so that its own rows are not needed any more.
UPDATE (
    SELECT i_campaign, SUM(claimed - ended) AS in_use FROM campaign_lines WHERE list = :#list AND owner = :#lost
    GROUP BY i_campaign) AS d
  STRAIGHT_JOIN campaign_lines AS l FORCE INDEX (PRIMARY) ON l.i_campaign = d.i_campaign AND l.list = :#list AND l.owner = ''
SET l.claimed = l.claimed + d.in_use
