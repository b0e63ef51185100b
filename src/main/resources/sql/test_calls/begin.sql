-- Begins a test call to a number, unless one is in progress there.
UPDATE test_numbers
SET call_uuid = :#call, i_campaign = :#campaign, i_campaign_phone = :#row, called_by = LEFT(:#by, 160), owner = :#owner,
  requested = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND,
  expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND,
  call_switch = NULL, call_gateway = NULL, caller_id = NULL, dialled = NULL, ringing = NULL, answered = NULL, ended = NULL,
  heard_ms = NULL, status = NULL, hangup_cause = NULL, q850 = NULL, sip_status = NULL, reason = NULL, digits = NULL, menu_answer = NULL,
  answered_by = NULL, amd_ms = NULL,
  hand_over = NULL, agent = NULL, waited_ms = NULL, talked_ms = NULL, abandoned = NULL, recording = NULL
WHERE i_test_number = :#key AND (call_uuid IS NULL OR ended IS NOT NULL)
