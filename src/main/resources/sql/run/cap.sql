-- Sets how many lines of the campaign may be in use at once.
UPDATE campaigns SET max_concurrent_calls = :#value WHERE i_campaign = :#campaign
