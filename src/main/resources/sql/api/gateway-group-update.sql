-- Changes a group of gateways.
UPDATE gateway_groups SET name = :#name, gateways = :#gateways WHERE i_gateway_group = :#key
