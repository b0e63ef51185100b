-- Deletes what is too late.
DELETE FROM hang_ups WHERE at < UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE
