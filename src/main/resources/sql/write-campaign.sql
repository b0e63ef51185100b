-- Makes claims of one campaign exclude each other on a Galera cluster too, and reserves the instants.
UPDATE campaigns
SET claims = claims + 1, next_dial = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#nextDial SECOND
WHERE i_campaign = :#campaign
