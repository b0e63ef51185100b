-- The database's time in microseconds since 1970. Local time is not involved: it has one hour twice a year.
SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', UTC_TIMESTAMP(6))
