-- Groups of gateways in a range of keys.
SELECT i_gateway_group, name, gateways, max_legs
FROM gateway_groups WHERE i_gateway_group BETWEEN :#first AND :#last ORDER BY i_gateway_group LIMIT :#limit
