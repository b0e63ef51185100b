-- Deletes a group of gateways.
DELETE FROM gateway_groups WHERE i_gateway_group = :#key
