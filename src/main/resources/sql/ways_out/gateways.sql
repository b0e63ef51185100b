-- All gateways.
SELECT i_gateway, name, enabled, switches, priority, cost_per_minute, weight, prefixes, dial_format, strip, prefix, codecs, attest,
  privacy, asserted_identity, caller_id_pool, calls_per_second, max_calls, billing_increment
FROM gateways WHERE name > '' ORDER BY i_gateway
