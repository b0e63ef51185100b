-- Erases the number of an attempt, and what else tells of the person. The attempt stays, and is counted.
UPDATE call_attempts SET number = CONCAT('erased:', i_campaign_phone), zone = NULL, caller_id = NULL, consent = NULL,
  digits = NULL, menu_answer = NULL, answered_by = NULL, amd_ms = NULL
WHERE call_uuid = :#key AND number = :#number
