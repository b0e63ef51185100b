-- The campaigns and groups that name a gateway.
SELECT c.name FROM campaigns AS c JOIN gateways AS g ON c.profile_gateway = g.name WHERE g.i_gateway = :#key
UNION
SELECT r.name FROM gateway_groups AS r JOIN gateways AS g
  ON LOCATE(CONCAT(',', g.name, ','), CONCAT(',', REGEXP_REPLACE(r.gateways, '[[:space:],;]+', ','), ',')) > 0
WHERE g.i_gateway = :#key
LIMIT 3
