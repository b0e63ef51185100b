-- All groups of gateways.
SELECT name, gateways FROM gateway_groups WHERE name > ''
