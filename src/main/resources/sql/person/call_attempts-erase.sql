-- Erases the number of an attempt, and what else tells of the person. The attempt stays, and is counted.
UPDATE call_attempts AS a LEFT JOIN call_reports AS r ON r.call_uuid = a.call_uuid
SET a.number = CONCAT('erased:', a.i_campaign_phone), a.zone = NULL, a.caller_id = NULL, a.consent = NULL,
  a.digits = NULL, a.menu_answer = NULL, a.answered_by = NULL, a.amd_ms = NULL, r.result = 'erased', r.note = NULL
WHERE a.call_uuid = :#key AND a.number = :#number
