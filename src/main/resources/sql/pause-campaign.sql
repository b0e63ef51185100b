-- Pauses one campaign, and says why; the guard counts anew from now on. Of several nodes that want it, the first one does it. What
-- happened before somebody resumed the campaign does not pause it again.
UPDATE campaigns SET paused = 1, pause_reason = LEFT(:#CalloutPauseReason, 255), guard_from = UTC_TIMESTAMP(3)
WHERE i_campaign = :#CalloutPauseCampaign AND COALESCE(paused, 0) = 0
  AND (guard_from IS NULL OR guard_from <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#CalloutPauseSince SECOND)
