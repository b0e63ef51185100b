-- How many attempts a split of the partition of the future would copy. Stops counting at the limit.
SELECT COUNT(*) FROM (SELECT 1 FROM call_attempts PARTITION (future) LIMIT :#limit) AS ahead
