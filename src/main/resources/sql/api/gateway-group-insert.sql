-- Creates a group of gateways.
INSERT INTO gateway_groups (name, gateways) VALUES (:#name, :#gateways)
