-- Records that a test call is sent now, if it is still ours to make.
UPDATE test_numbers
SET dialled = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND,
  expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND,
  call_switch = :#switch, call_gateway = :#gateway, caller_id = LEFT(:#caller_id, 64)
WHERE call_uuid = :#call AND owner = :#owner AND dialled IS NULL AND ended IS NULL
