-- Makes claims of one campaign exclude each other, also on a Galera cluster, and reserves the instants. Every call belongs to a
-- run, so this starts one if there is none.
UPDATE campaigns
SET claims = claims + 1, next_dial = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#nextDial SECOND,
  run_started = COALESCE(run_started, UTC_TIMESTAMP(3)), run_ended = NULL
WHERE i_campaign = :#campaign
