-- Lets one of two nodes that take calls of a limit win, also if they write to different Galera servers: a lock there excludes nobody on
-- another server, but of two that change one row the later one is rolled back. A microsecond later is what that change may cost.
UPDATE limit_instants SET next_instant = COALESCE(next_instant, TIMESTAMP'1970-01-01 00:00:00') + INTERVAL 1 MICROSECOND
WHERE limited = :#limited
