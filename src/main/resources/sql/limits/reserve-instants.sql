-- Reserves the instants of a limit that lie before a time.
UPDATE limit_instants SET next_instant = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#next SECOND WHERE limited = :#limited
