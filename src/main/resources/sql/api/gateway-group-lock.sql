-- Locks a group of gateways against other changes until the transaction ends.
SELECT i_gateway_group FROM gateway_groups WHERE i_gateway_group = :#key FOR UPDATE
