-- Adds a test number.
INSERT INTO test_numbers (number, name, created_at, created_by)
VALUES (:#number, :#name, UTC_TIMESTAMP(3), LEFT(:#created_by, 160))
