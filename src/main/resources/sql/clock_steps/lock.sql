-- How far a table's retries have been put off. No row: all of them, or another node is doing it.
SELECT shifted_to FROM clock_steps WHERE step = :#step AND list = :#list AND shifted_to IS NOT NULL FOR UPDATE SKIP LOCKED
