-- Other descriptions of a gateway, however they spell it: FreeSWITCH takes profile::gateway as profile/gateway.
SELECT i_gateway, name FROM gateways
WHERE REPLACE(REGEXP_REPLACE(name, '^[[:space:]]+|[[:space:]]+$', ''), '::', '/') = REPLACE(:#name, '::', '/')
  AND i_gateway <> :#key
