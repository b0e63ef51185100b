-- Finishes the numbers of an import within a range of keys that have been called and would be called again.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET finished = 1, next_call = NULL, status = 'failure', hangup_cause = 'WITHDRAWN'
WHERE i_campaign_phone > :#after AND i_campaign_phone <= :#upTo AND i_campaign = :#campaign AND i_import = :#key
  AND call_uuid IS NULL AND finished = 0
