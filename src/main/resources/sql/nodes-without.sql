-- Nodes with a valid lease that lack a capability.
SELECT name, COALESCE(version, 'an earlier version') AS version FROM nodes
WHERE expires > UTC_TIMESTAMP(3) AND NOT FIND_IN_SET(:#capability, COALESCE(capabilities, ''))
ORDER BY name, version
