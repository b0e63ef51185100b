-- Cancels the put-off of retries after a step forward, in tables where it has not begun, because the clock is back where it was.
UPDATE clock_steps SET shifted_to = NULL WHERE shifted_to = 0 AND micros <= :#back
