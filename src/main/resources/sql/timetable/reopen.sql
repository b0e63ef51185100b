-- Opens numbers of a campaign that are finished once more, all of them or those without success.
UPDATE campaign_phones
SET finished = 0, call_count = 0, next_call = NULL
WHERE i_campaign = :#campaign AND finished <> 0 AND call_uuid IS NULL AND (:#reopen = 'all' OR status <> 'success')
