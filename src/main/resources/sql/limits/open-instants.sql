-- Adds the row of a limit.
INSERT IGNORE INTO limit_instants (limited) VALUES (:#limited)
