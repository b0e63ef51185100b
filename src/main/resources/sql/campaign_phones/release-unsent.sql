-- Gives back what an owner has claimed but not dialled. Only the claim's own changes are undone.
UPDATE campaign_phones AS p
SET p.status = COALESCE((
      SELECT a.status FROM call_attempts AS a
      WHERE a.i_campaign = p.i_campaign AND a.i_campaign_phone = p.i_campaign_phone
      ORDER BY a.attempt DESC, a.leg DESC
      LIMIT 1), 'idle'),
  p.expires = p.disconnect_time, p.call_uuid = NULL, p.owner = NULL
WHERE p.owner = :#owner AND p.call_switch IS NULL
