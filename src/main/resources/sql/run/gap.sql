-- Sets the seconds between the starts of two calls of the campaign.
UPDATE campaigns SET time_between_calls = :#value WHERE i_campaign = :#campaign
