-- The campaigns that name a group of gateways.
SELECT c.name FROM campaigns AS c JOIN gateway_groups AS g ON c.gateway_group = g.name WHERE g.i_gateway_group = :#key LIMIT 3
