-- The numbers that must not be called now, and until when. NULL: for ever.
SELECT dialled,
  IF(SUM(expires IS NULL) > 0, NULL, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00',
    MAX(expires)) * 0.000001) AS expires
FROM do_not_call
WHERE dialled IN (:#in:numbers)
  AND (expires IS NULL OR expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
GROUP BY dialled
