-- Erases the number of an outcome that is still to be sent, and what else tells of the person. The outcome itself is sent.
UPDATE outcome_outbox
SET outcome = JSON_REMOVE(JSON_SET(outcome, '$.number', CONCAT('erased:', i_campaign_phone), '$.zone', NULL, '$.caller_id', NULL),
    '$.digits', '$.menu_answer', '$.e164', '$.answered_by', '$.amd_ms'),
  number = CONCAT('erased:', i_campaign_phone)
WHERE i_outcome = :#key AND number = :#number
