-- The numbers that must not be called now, and until when. NULL: for ever. One row an entry.
SELECT dialled AS listed, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', expires) * 0.000001 AS expires
FROM do_not_call
WHERE dialled IN (:#in:numbers)
  AND (expires IS NULL OR expires > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
