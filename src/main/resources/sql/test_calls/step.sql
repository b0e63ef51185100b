-- Records that a test call rings, or is answered. What is known already stays.
UPDATE test_numbers
SET ringing = COALESCE(ringing, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ringing SECOND),
  answered = COALESCE(answered, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#answered SECOND)
WHERE call_uuid = :#call
