-- Deletes a thousand entries that are older than they are to be kept.
DELETE FROM audit WHERE at < UTC_TIMESTAMP(3) - INTERVAL :#days DAY ORDER BY at LIMIT 1000
