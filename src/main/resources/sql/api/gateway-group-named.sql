-- Locks a group of gateways, so that nobody deletes it in the meantime.
SELECT i_gateway_group FROM gateway_groups WHERE name = :#name LOCK IN SHARE MODE
