-- Locks the description of a gateway against other changes until the transaction ends.
SELECT i_gateway FROM gateways WHERE i_gateway = :#key FOR UPDATE
