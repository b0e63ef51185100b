-- Changes a group of gateways.
UPDATE gateway_groups SET name = :#name, gateways = :#gateways, max_legs = :#max_legs WHERE i_gateway_group = :#key
