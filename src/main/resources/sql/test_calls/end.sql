-- Records the end of a test call, once.
UPDATE test_numbers
SET ringing = COALESCE(ringing, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ringing SECOND),
  answered = COALESCE(answered, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#answered SECOND),
  ended = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND,
  dialled = IF(:#made, dialled, NULL),
  heard_ms = :#heard_ms, status = :#status, hangup_cause = LEFT(:#cause, 255), q850 = :#q850, sip_status = :#sip_status,
  reason = LEFT(:#reason, 1000), digits = :#digits, menu_answer = :#answer, answered_by = :#answered_by, amd_ms = :#amd_ms,
  hand_over = :#hand_over, agent = :#agent, waited_ms = :#waited_ms, talked_ms = :#talked_ms, abandoned = :#abandoned,
  recording = :#recording
WHERE call_uuid = :#call AND ended IS NULL
