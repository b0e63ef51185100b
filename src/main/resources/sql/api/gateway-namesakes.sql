-- Other descriptions of a gateway.
SELECT i_gateway FROM gateways WHERE name = :#name AND i_gateway <> :#key
