-- How far a table's retries have been put off; no row: all are, or another node is at it.
SELECT shifted_to FROM clock_steps WHERE step = :#step AND list = :#list AND shifted_to IS NOT NULL FOR UPDATE SKIP LOCKED
