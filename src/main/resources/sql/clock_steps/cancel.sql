-- Leaves the retries of tables waiting as they are that a step forward was to put off, since the clock is back where it was.
UPDATE clock_steps SET shifted_to = NULL WHERE shifted_to = 0 AND micros <= :#back
