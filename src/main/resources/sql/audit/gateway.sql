-- The settings of gateways as JSON objects, of all or of one.
SELECT i_gateway AS id, CONVERT(JSON_OBJECT(
    'name', name, 'enabled', enabled, 'switches', switches, 'priority', priority, 'cost_per_minute', cost_per_minute,
    'weight', weight, 'prefixes', prefixes, 'dial_format', dial_format, 'strip', strip, 'prefix', prefix, 'codecs', codecs,
    'attest', attest, 'privacy', privacy, 'asserted_identity', asserted_identity, 'caller_id_pool', caller_id_pool,
    'calls_per_second', calls_per_second, 'max_calls', max_calls, 'billing_increment', billing_increment
  ) USING utf8mb4) COLLATE utf8mb4_bin AS state
FROM gateways WHERE :#key IS NULL OR i_gateway = :#key
