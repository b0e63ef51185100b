-- Changes the description of a gateway.
UPDATE gateways SET name = :#name, enabled = COALESCE(:#enabled, 1), switches = :#switches, priority = :#priority,
  cost_per_minute = :#cost_per_minute, weight = :#weight, prefixes = :#prefixes, dial_format = :#dial_format,
  strip = :#strip, prefix = :#prefix, codecs = :#codecs, attest = :#attest, privacy = :#privacy,
  asserted_identity = :#asserted_identity, caller_id_pool = :#caller_id_pool, calls_per_second = :#calls_per_second,
  max_calls = :#max_calls, billing_increment = :#billing_increment
WHERE i_gateway = :#key
