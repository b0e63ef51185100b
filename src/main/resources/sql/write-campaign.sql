-- Makes claims of one campaign exclude each other, also on a Galera cluster, reserves the instants, and counts the lines taken.
-- Every call belongs to a run, so this starts one if there is none. No row: the campaign has no count for this table yet.
UPDATE campaigns AS c FORCE INDEX (PRIMARY)
  STRAIGHT_JOIN campaign_lines AS l FORCE INDEX (PRIMARY)
    ON l.i_campaign = c.i_campaign AND l.list = :#list AND l.owner = ''
SET c.claims = c.claims + 1, c.next_dial = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#nextDial SECOND,
  c.run_started = COALESCE(c.run_started, UTC_TIMESTAMP(3)), c.run_ended = NULL, l.claimed = l.claimed + :#numbers
WHERE c.i_campaign = :#campaign
