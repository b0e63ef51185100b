-- Counts originates of a campaign's run; those that were not made after all are taken away again.
UPDATE campaigns SET calls_made = GREATEST(0, calls_made + :#calls) WHERE i_campaign = :#campaign
