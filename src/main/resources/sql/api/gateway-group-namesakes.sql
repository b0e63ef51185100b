-- Other groups of a name.
SELECT i_gateway_group, name FROM gateway_groups WHERE name = :#name AND i_gateway_group <> :#key
