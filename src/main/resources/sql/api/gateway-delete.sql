-- Deletes the description of a gateway.
DELETE FROM gateways WHERE i_gateway = :#key
