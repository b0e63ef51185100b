-- Creates a campaign that nobody has started yet.
INSERT INTO campaigns (name, paused) VALUES (:#name, 1)
