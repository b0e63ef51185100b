-- Telephones of a part of the table whose last calls ended before an instant. Locks nothing.
SELECT e164 FROM telephones FORCE INDEX (PRIMARY)
WHERE e164 > :#after AND e164 <= :#to AND expires < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#before SECOND
