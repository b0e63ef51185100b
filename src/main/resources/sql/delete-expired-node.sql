-- Deletes a lease that was seen to expire, unless it has been renewed since. No clock is read: it may have stepped.
DELETE FROM nodes WHERE incarnation = :#lost AND expires = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND
