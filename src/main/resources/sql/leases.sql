-- How long each lease still runs, the first to run out first; negative: so long ago it ran out.
SELECT incarnation, TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), expires) AS left_micros FROM nodes ORDER BY expires
