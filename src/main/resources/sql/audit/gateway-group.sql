-- The settings of groups of gateways as JSON objects, of all or of one.
SELECT i_gateway_group AS id,
  CONVERT(JSON_OBJECT('name', name, 'gateways', gateways, 'max_legs', max_legs) USING utf8mb4) COLLATE utf8mb4_bin AS state
FROM gateway_groups WHERE :#key IS NULL OR i_gateway_group = :#key
