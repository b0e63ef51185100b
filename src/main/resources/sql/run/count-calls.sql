-- Counts the originates of a campaign's run. Those that were not made after all are subtracted again.
UPDATE campaigns SET calls_made = GREATEST(0, calls_made + :#calls) WHERE i_campaign = :#campaign
