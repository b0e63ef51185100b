-- Creates a group of gateways.
INSERT INTO gateway_groups (name, gateways, max_legs) VALUES (:#name, :#gateways, :#max_legs)
