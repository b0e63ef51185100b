-- Describes a gateway.
INSERT INTO gateways
  (name, enabled, switches, priority, cost_per_minute, weight, prefixes, dial_format, strip, prefix, codecs, attest, privacy,
  asserted_identity, caller_id_pool, calls_per_second, max_calls, billing_increment)
VALUES (:#name, COALESCE(:#enabled, 1), :#switches, :#priority, :#cost_per_minute, :#weight, :#prefixes, :#dial_format, :#strip,
  :#prefix, :#codecs, :#attest, :#privacy, :#asserted_identity, :#caller_id_pool, :#calls_per_second, :#max_calls,
  :#billing_increment)
