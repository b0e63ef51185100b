-- The database's time in microseconds since 1970; never by way of local time, which has one hour twice a year.
SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', UTC_TIMESTAMP(6))
