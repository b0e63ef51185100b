-- Lets picked numbers that have no attempts left wait for a campaign that allows more attempts.
UPDATE destination_list FORCE INDEX (callout_row)
SET callout_next_call = NULL
WHERE callout_row IN (:#in:rows)
