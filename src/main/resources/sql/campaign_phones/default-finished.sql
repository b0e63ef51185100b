-- Numbers of old tables, where finished may be NULL, are not finished. With the schema's own column this costs nothing.
UPDATE campaigns AS c
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (callout_by_due) ON p.i_campaign = c.i_campaign
SET p.finished = 0
WHERE p.call_uuid IS NULL AND p.finished IS NULL
