-- The campaigns and groups that name a gateway, in whichever spelling: FreeSWITCH takes profile::gateway as profile/gateway.
SELECT c.name FROM campaigns AS c JOIN gateways AS g ON REPLACE(c.profile_gateway, '::', '/') = REPLACE(g.name, '::', '/')
WHERE g.i_gateway = :#key
UNION
SELECT r.name FROM gateway_groups AS r JOIN gateways AS g
  ON LOCATE(CONCAT(',', REPLACE(g.name, '::', '/'), ','),
    CONCAT(',', REPLACE(REGEXP_REPLACE(r.gateways, '[[:space:],;]+', ','), '::', '/'), ',')) > 0
WHERE g.i_gateway = :#key
LIMIT 3
