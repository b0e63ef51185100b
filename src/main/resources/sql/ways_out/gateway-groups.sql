-- All groups of gateways.
SELECT name, gateways, max_legs FROM gateway_groups WHERE name > ''
