-- What decides about the next call of some numbers of a campaign. due is NULL for fresh ones.
SELECT i_campaign_phone AS id, cld, callerid, call_count, COALESCE(status, 'idle') AS status, hangup_cause,
  COALESCE(finished, 0) <> 0 AS finished, call_uuid IS NOT NULL AS in_progress, FALSE AS elsewhere,
  COALESCE(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', callout_due) * 0.000001, UNIX_TIMESTAMP(next_call)) AS due
FROM campaign_phones FORCE INDEX (PRIMARY)
WHERE i_campaign_phone IN (:#in:rows) AND i_campaign = :#campaign
